package io.cacheservice.redis.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryFormat;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Threads that write and read without a pause while servers fail, and what came of it: each key has one writer, who writes
 * rising numbers and reads them back.
 *
 * <p>The values are plain strings, so that any other client reads them as they are.
 */
final class Drill implements AutoCloseable {
    private static final int WRITERS = 4;
    private static final int KEYS_EACH = 50;

    private final CacheService service;
    private final Cache<String, String> cache;
    private final List<Writer> writers = new ArrayList<>();
    private final Queue<Throwable> undocumented = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Drill(CacheService service, List<String> keys) {
        this.service = service;
        this.cache = service.cache("drill", String.class)
                .format(EntryFormat.RAW)
                .redisKey(key -> key)
                .ttl(Duration.ofHours(1))
                .open();
        int each = keys.size() / WRITERS;
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(keys.subList(i * each, (i + 1) * each)));
        }
    }

    /** Begins with keys all over the place, and returns when every key was written. */
    static Drill start(CacheConfig.Builder settings) {
        return start(
                settings,
                Duration.ofMillis(300),
                IntStream.range(0, WRITERS * KEYS_EACH)
                        .mapToObj(i -> "drill-" + i)
                        .toList());
    }

    /**
     * As {@link #start(CacheConfig.Builder)}, with these keys.
     *
     * @param timeout how long a call may take
     */
    static Drill start(CacheConfig.Builder settings, Duration timeout, List<String> keys) {
        Drill drill = new Drill(
                CacheService.open(
                        settings.readTimeout(timeout).writeTimeout(timeout).build()),
                keys);
        drill.writers.forEach(writer -> writer.thread.start());
        drill.awaitServing();
        return drill;
    }

    private List<String> keys() {
        return writers.stream().flatMap(writer -> writer.keys.stream()).toList();
    }

    /** Waits until every key was written and read without an error since now. How long that took. */
    Duration awaitServing() {
        long begin = System.nanoTime();
        List<Long> rounds =
                writers.stream().map(writer -> writer.cleanRounds.get()).toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    for (int i = 0; i < writers.size(); i++) {
                        // the round under way may have begun before
                        if (writers.get(i).cleanRounds.get() < rounds.get(i) + 2) {
                            return false;
                        }
                    }
                    return true;
                });
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until the service has a connection to this server, and so knows it. */
    void awaitConnectedTo(RedisServer server) {
        Awaitility.await()
                .until(() -> service.stats().connections().stream()
                        .anyMatch(connection -> connection.state() == ConnectionStats.State.READY
                                && connection.name().startsWith("127.0.0.1:" + server.port() + "/")));
    }

    /** Waits until this many calls failed since now. */
    void awaitFailures(long more) {
        long goal = failures() + more;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> failures() >= goal);
    }

    long failures() {
        return writers.stream().mapToLong(writer -> writer.failures.get()).sum();
    }

    long acknowledged() {
        return writers.stream().mapToLong(writer -> writer.acknowledged.get()).sum();
    }

    /** Ends the threads; afterwards the keys stand still. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Writer writer : writers) {
            writer.thread.join();
        }
        assertThat(undocumented).as("errors of other kinds than documented").isEmpty();
    }

    /** What the service reads is what a plain client reads, for every key. */
    void requireWhatAPlainClientReads(PlainClient plain) {
        for (String key : keys()) {
            assertThat(cache.get(key)).as(key).isEqualTo(plain.get(key));
        }
    }

    /** Nothing that was acknowledged is gone: every key holds its last acknowledged value or a later one. */
    void requireNothingLost(PlainClient plain) {
        assertThat(broken).as("own writes that were read older").isEmpty();
        for (Writer writer : writers) {
            for (int i = 0; i < writer.keys.size(); i++) {
                assertThat(number(plain.get(writer.keys.get(i))))
                        .as(writer.keys.get(i))
                        .isBetween(writer.lastAcknowledged[i], writer.lastTried[i]);
            }
        }
    }

    /**
     * How many keys hold less than was acknowledged: a failover may lose what was not copied yet. All of them must be found
     * in {@code written}, which is what the lost master had taken.
     */
    int requireLostOnlyFrom(PlainClient plain, Set<String> written) {
        int lost = 0;
        for (Writer writer : writers) {
            for (int i = 0; i < writer.keys.size(); i++) {
                long holds = number(plain.get(writer.keys.get(i)));
                assertThat(holds).as(writer.keys.get(i)).isLessThanOrEqualTo(writer.lastTried[i]);
                if (holds < writer.lastAcknowledged[i]) {
                    lost++;
                    assertThat(written)
                            .as("an acknowledged write that no master had")
                            .contains(value(writer.keys.get(i), writer.lastAcknowledged[i]));
                }
            }
        }
        return lost;
    }

    /** How many keys hold less than was acknowledged. */
    long lost(PlainClient plain) {
        long lost = 0;
        for (Writer writer : writers) {
            for (int i = 0; i < writer.keys.size(); i++) {
                lost += number(plain.get(writer.keys.get(i))) < writer.lastAcknowledged[i] ? 1 : 0;
            }
        }
        return lost;
    }

    @Override
    public void close() {
        stopped = true;
        service.close();
        for (Writer writer : writers) {
            try {
                writer.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** The value with which a write can be found again in a server's log. */
    static String value(String key, long number) {
        return key + "#" + number;
    }

    /** Where a server keeps its files. */
    static Path dataOf(RedisServer server) {
        List<?> dir = (List<?>) Objects.requireNonNull(server.command("CONFIG", "GET", "dir"));
        return Path.of(String.valueOf(dir.get(1)));
    }

    /** Every value that is in the files of a server which logs each write before it answers. */
    static Set<String> writtenIn(Path data) throws IOException {
        Set<String> values = new HashSet<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                values.addAll(valuesIn(Files.readAllBytes(file)));
            }
        }
        return values;
    }

    void report(String what, Duration serving) {
        System.out.println("drill, " + what + ": " + acknowledged() + " writes acknowledged, " + failures()
                + " calls failed, served again after " + serving.toMillis() + " ms");
    }

    private static Set<String> valuesIn(byte[] log) {
        Set<String> values = new HashSet<>();
        for (String word : new String(log, UTF_8).split("\r\n", -1)) {
            if (word.indexOf('#') > 0) {
                values.add(word);
            }
        }
        return values;
    }

    private static long number(String value) {
        return Long.parseLong(value.substring(value.indexOf('#') + 1));
    }

    /** Reads as any other client does, on the server that owns the key now. */
    @FunctionalInterface
    interface PlainClient {
        String get(String key);
    }

    private final class Writer {
        private final List<String> keys;
        private final long[] lastTried;
        private final long[] lastAcknowledged;
        private final AtomicLong failures = new AtomicLong();
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicLong cleanRounds = new AtomicLong();
        private final Thread thread = new Thread(this::run, "drill");

        Writer(List<String> keys) {
            this.keys = keys;
            this.lastTried = new long[keys.size()];
            this.lastAcknowledged = new long[keys.size()];
        }

        private void run() {
            while (!stopped) {
                boolean clean = true;
                for (int i = 0; i < keys.size() && !stopped; i++) {
                    clean &= writeAndRead(i);
                }
                if (clean) {
                    cleanRounds.incrementAndGet();
                }
            }
        }

        private boolean writeAndRead(int i) {
            String key = keys.get(i);
            try {
                cache.put(key, value(key, ++lastTried[i]));
                lastAcknowledged[i] = lastTried[i];
                acknowledged.incrementAndGet();
                String read = cache.get(key);
                if (read == null || number(read) < lastAcknowledged[i]) {
                    broken.add(key + ": " + lastAcknowledged[i] + " was acknowledged, then read: " + read);
                }
                return true;
            } catch (CacheConnectionException | CacheTimeoutException documented) {
                failures.incrementAndGet();
                return false;
            } catch (RuntimeException e) {
                undocumented.add(e);
                return false;
            }
        }
    }
}
