package io.cacheservice.redis.evolution;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Processes of a program, each a service with readers, over one Redis, while rows of their source change: {@link #CHANGES} in a
 * second. Each has a loader that counts. A process of the old version can be replaced by one of the new.
 *
 * <p>A value says how often its row was changed, so a reader knows what is too old for him.
 */
final class Fleet implements AutoCloseable {
    static final int KEYS = 2_000;
    static final int PROCESSES = 4;
    static final int CHANGES = 100;
    static final Duration MAX_STALENESS = Duration.ofSeconds(1);
    private static final int READERS = 2;
    private static final Duration BETWEEN_READS = Duration.ofMillis(2);

    private final Upgrade upgrade;
    private final CacheConfig config;
    private final CacheService changing;
    private final Cache<Integer, Long> changed;
    private final Thread changes;
    private final Deque<Member> processes = new ArrayDeque<>();
    private final AtomicLongArray versions = new AtomicLongArray(KEYS);
    private final AtomicLongArray accepted = new AtomicLongArray(KEYS);
    private final AtomicLongArray acceptedAtNanos = new AtomicLongArray(KEYS);
    private volatile Phase phase = new Phase();
    private volatile boolean isOver;

    /** All of the old version, with every key in Redis. */
    Fleet(Upgrade upgrade, String url) {
        this.upgrade = upgrade;
        // time enough that no read is answered by the source because this machine has other things to do
        this.config = CacheConfig.builder()
                .url(url)
                .maxStaleness(MAX_STALENESS)
                .readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .build();
        this.changing = CacheService.open(config);
        this.changed = open(changing, false);
        changed.getAll(IntStream.range(0, KEYS).boxed().toList());
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new Member(false));
        }
        this.changes = new Thread(this::change, "changes");
        changes.start();
    }

    private Cache<Integer, Long> open(CacheService service, boolean isNew) {
        return upgrade.of(service.cache("rows", KeyCodec.ints(), Long.class), isNew)
                .ttl(Duration.ofHours(1))
                .loader(key -> load(key, isNew))
                .open();
    }

    private long load(int key, boolean isNew) {
        (isNew ? phase.loadsOfNew : phase.loadsOfOld).incrementAndGet();
        return versions.get(key);
    }

    /** Stops the process that has run for the longest, and starts one of the new version. */
    void replaceOne() {
        processes.remove().close();
        processes.add(new Member(true));
    }

    /** Returns when so many rows were changed in this phase. */
    void awaitChanges(int count) {
        Phase now = phase;
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> now.changes() >= count);
    }

    /** Ends the phase, and begins the next one. */
    Phase next() {
        Phase ended = phase;
        phase = new Phase();
        ended.endedNanos = System.nanoTime();
        return ended;
    }

    /** Migrated reads of all processes that run. */
    long migrated() {
        return processes.stream()
                .mapToLong(process -> process.rows.stats().migrated())
                .sum();
    }

    private void change() {
        Random random = new Random(7);
        while (!isOver) {
            int key = anyKey(random);
            long version = versions.incrementAndGet(key);
            changed.invalidate(key);
            acceptedAtNanos.set(key, System.nanoTime());
            accepted.set(key, version);
            phase.changes.incrementAndGet();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() / CHANGES);
        }
    }

    /** Some are read and changed far more often than others. */
    private static int anyKey(Random random) {
        double place = random.nextDouble();
        return (int) (KEYS * place * place * place);
    }

    @Override
    public void close() {
        isOver = true;
        joined(changes);
        processes.forEach(Member::close);
        changing.close();
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One process of the program. */
    private final class Member {
        private final CacheService service = CacheService.open(config);
        private final Cache<Integer, Long> rows;
        private final List<Thread> readers = new ArrayList<>();
        private volatile boolean isStopped;

        Member(boolean isNew) {
            this.rows = open(service, isNew);
            for (int i = 0; i < READERS; i++) {
                Thread reader = new Thread(this::read, "reader-" + i);
                readers.add(reader);
                reader.start();
            }
        }

        private void read() {
            Random random = new Random();
            while (!isStopped) {
                int key = anyKey(random);
                long version = accepted.get(key);
                boolean isDue = System.nanoTime() - acceptedAtNanos.get(key) > MAX_STALENESS.toNanos();
                Lookup<Long> found = rows.lookup(key);
                Long value = found.valueOrNull();
                phase.read(found.reason(), value != null && value >= (isDue ? version : 0));
                LockSupport.parkNanos(BETWEEN_READS.toNanos());
            }
        }

        void close() {
            isStopped = true;
            readers.forEach(Fleet::joined);
            service.close();
        }
    }

    /** Counts of a while. */
    static final class Phase {
        private final long startedNanos = System.nanoTime();
        private long endedNanos;
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong hits = new AtomicLong();
        private final AtomicLong wrong = new AtomicLong();
        private final AtomicLong changes = new AtomicLong();
        private final AtomicLong loadsOfOld = new AtomicLong();
        private final AtomicLong loadsOfNew = new AtomicLong();

        private void read(Reason reason, boolean isRight) {
            reads.incrementAndGet();
            if (reason == Reason.FOUND) {
                hits.incrementAndGet();
            }
            if (!isRight) {
                wrong.incrementAndGet();
            }
        }

        double hitRatio() {
            return (double) hits.get() / Math.max(1, reads.get());
        }

        long reads() {
            return reads.get();
        }

        /** Answers that were none, or too old. */
        long wrong() {
            return wrong.get();
        }

        long changes() {
            return changes.get();
        }

        long loadsOfOld() {
            return loadsOfOld.get();
        }

        long loadsOfNew() {
            return loadsOfNew.get();
        }

        /** Loads, measured by what makes them necessary. */
        double loadsForAChange() {
            return (double) (loadsOfOld.get() + loadsOfNew.get()) / Math.max(1, changes.get());
        }

        double perSecond(long count) {
            return count * 1e9 / (endedNanos - startedNanos);
        }
    }
}
