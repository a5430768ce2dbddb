package io.cacheservice.redis.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.KeyCodec;
import io.cacheservice.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One JVM of a {@link WriteHeavyRun}: half of what its threads do are writes. Keys are many more than fit into any tier and live
 * for seconds, so that whatever is kept of a key for longer than the key would show. It says {@code ops N errors N} and its
 * {@link Vitals} on its standard output from time to time, and ends when its standard input does.
 */
final class WritingJvm {
    /** A machine under load must not look like a fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int THREADS = 4;
    private static final int KEYS = 200_000;
    private static final int TAGS = 10_000;

    private final CacheService service;
    private final Cache<Long, String> records;
    private final LongAdder operations = new LongAdder();
    private final LongAdder errors = new LongAdder();

    private WritingJvm(CacheService service) {
        this.service = service;
        records = service.cache("records", KeyCodec.longs(), TypeRef.of(String.class))
                .ttl(Duration.ofSeconds(5))
                .loader(id -> "record " + id)
                .tags((id, text) -> Set.of("tag " + id % TAGS))
                .open();
    }

    /** PORT SEED RATE SECONDS: operations per second, and the time between two samples. */
    public static void main(String[] words) throws Exception {
        CacheConfig config = CacheConfig.builder()
                .url("redis://127.0.0.1:" + words[0])
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .localMaxMemory(16 << 20)
                .defaultTtl(Duration.ofSeconds(5))
                .build();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (CacheService service = CacheService.open(config)) {
            WritingJvm jvm = new WritingJvm(service);
            long paceNanos = TimeUnit.SECONDS.toNanos(THREADS) / Long.parseLong(words[2]);
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom random = new SplittableRandom(Long.parseLong(words[1]) * THREADS + i);
                Thread thread = new Thread(() -> jvm.goOn(random, paceNanos), "writer-" + i);
                thread.setDaemon(true);
                thread.start();
            }
            long seconds = Long.parseLong(words[3]);
            Future<?> ticking = clock.scheduleAtFixedRate(jvm::say, seconds, seconds, TimeUnit.SECONDS);
            while (System.in.read() >= 0) {
                // only the end counts
            }
            ticking.cancel(false);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void say() {
        try {
            System.out.println("ops " + operations + " errors " + errors);
            System.out.println("vitals " + Vitals.ofThisJvm().text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void goOn(SplittableRandom random, long paceNanos) {
        long next = System.nanoTime();
        while (true) {
            try {
                step(random);
            } catch (CacheException e) {
                errors.increment();
            }
            operations.increment();
            next += paceNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void step(SplittableRandom random) {
        long id = random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextInt(KEYS);
        String key = "key:" + id;
        int what = random.nextInt(100);
        if (what < 35) {
            service.set(key, ("value " + id).repeat(1 + random.nextInt(20)).getBytes(UTF_8));
        } else if (what < 40) {
            service.delete(key);
        } else if (what < 48) {
            records.put(id, "record " + id, EntryOptions.ttl(Duration.ofMillis(500 + random.nextInt(5_000))));
        } else if (what < 49) {
            records.invalidate(id);
        } else if (what < 50) {
            records.invalidateTag("tag " + random.nextInt(TAGS));
        } else if (what < 85) {
            service.get(key);
        } else {
            records.get(id);
        }
    }
}
