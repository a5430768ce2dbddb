package io.cacheservice.redis.outage;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.Tier;
import io.cacheservice.Tiers;
import io.cacheservice.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Two services that read the same keys with many threads, one of which also changes and invalidates them, over a source that
 * takes {@link #SOURCE}. What is counted belongs to the phase of the moment.
 *
 * <p>Each key is a number; its value says how often it was changed. So whoever reads a smaller number than the last one of
 * which an invalidation had been answered when he began, reads what he must not.
 */
final class Traffic implements AutoCloseable {
    static final Duration SOURCE = Duration.ofMillis(5);
    static final int KEYS = 500;
    static final int MOST_LOADS = 64;
    private static final int READERS = 8;
    private static final Duration MAX_STALENESS = Duration.ofMillis(500);
    private static final Duration BETWEEN_READS = Duration.ofMillis(4);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(20);
    private static final int IN_A_ROW = 20;

    private final CacheService one;
    private final CacheService other;
    private final Rows near;
    private final Rows nearOfOther;
    private final Rows asking;
    private final Cache<Integer, Long> askingOfOther;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray versions = new AtomicLongArray(KEYS);
    /** The newest version of each key whose invalidation was answered, and of those that Redis has accepted, and when. */
    private final AtomicLongArray invalidated = new AtomicLongArray(KEYS);

    private final AtomicLongArray accepted = new AtomicLongArray(KEYS);
    private final AtomicLongArray acceptedAtNanos = new AtomicLongArray(KEYS);
    private final AtomicInteger loading = new AtomicInteger();
    private volatile Phase phase = new Phase();
    private volatile boolean over;

    /**
     * A cache.
     *
     * @param isOwn whether its service is the one that invalidates
     * @param isAsking whether it asks Redis each time
     */
    private record Rows(Cache<Integer, Long> cache, boolean isOwn, boolean isAsking) {}

    Traffic(CacheConfig.Builder config) {
        CacheConfig settings = config.maxStaleness(MAX_STALENESS).build();
        one = CacheService.open(settings);
        other = CacheService.open(settings);
        near = new Rows(open(one, "near", Tiers.BOTH), true, false);
        nearOfOther = new Rows(open(other, "near", Tiers.BOTH), false, false);
        asking = new Rows(open(one, "asking", Tiers.REMOTE_ONLY), true, true);
        askingOfOther = open(other, "asking", Tiers.REMOTE_ONLY);
        for (int i = 0; i < READERS; i++) {
            long seed = i;
            start("near-" + i, () -> read(near, new Random(seed)));
            start("other-" + i, () -> read(nearOfOther, new Random(seed)));
            start("asking-" + i, () -> read(asking, new Random(seed)));
        }
        start("writer", this::write);
    }

    private Cache<Integer, Long> open(CacheService service, String name, Tiers tiers) {
        return service.cache(name, KeyCodec.ints(), Long.class)
                .ttl(Duration.ofMinutes(1))
                .tiers(tiers)
                .maxLoads(MOST_LOADS)
                .loader(this::load)
                .open();
    }

    private long load(int key) {
        Phase now = phase;
        now.loads.incrementAndGet();
        now.mostLoads.accumulateAndGet(loading.incrementAndGet(), Math::max);
        long version = versions.get(key);
        LockSupport.parkNanos(SOURCE.toNanos());
        loading.decrementAndGet();
        return version;
    }

    /** Ends the phase, and begins the next one. */
    Phase next() {
        Phase ended = phase;
        phase = new Phase();
        ended.endedNanos = System.nanoTime();
        return ended;
    }

    /** Returns when so many reads of this phase were answered; fails where readers hang. */
    void awaitReads(int count) {
        Phase now = phase;
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> now.readCount() >= count);
    }

    /** How long it takes from now until both services are answered by Redis, as often in a row as shows that it lasts. */
    Duration untilNormal(Duration limit) {
        long startNanos = System.nanoTime();
        int inARow = 0;
        long firstNanos = startNanos;
        while (inARow < IN_A_ROW && System.nanoTime() - startNanos < limit.toNanos()) {
            if (isAnsweredByRedis(asking.cache(), inARow) && isAnsweredByRedis(askingOfOther, inARow)) {
                if (inARow++ == 0) {
                    firstNanos = System.nanoTime();
                }
            } else {
                inARow = 0;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return inARow < IN_A_ROW ? limit : Duration.ofNanos(firstNanos - startNanos);
    }

    /** Whether a key that was just read is found there. */
    private static boolean isAnsweredByRedis(Cache<Integer, Long> cache, int key) {
        try {
            cache.get(key);
            return cache.lookup(key).tier() == Tier.REMOTE;
        } catch (CacheException away) {
            return false;
        }
    }

    /** Keys of which a service still answers an older version than the last one that was invalidated. */
    int lost() {
        int lost = 0;
        for (int key = 0; key < KEYS; key++) {
            long due = invalidated.get(key);
            for (Rows rows : List.of(near, nearOfOther, asking)) {
                Long found = rows.cache().get(key, ReadOptions.latest());
                if (found == null || found < due) {
                    lost++;
                }
            }
        }
        return lost;
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        threads.add(thread);
        thread.start();
    }

    private void read(Rows rows, Random random) {
        while (!over) {
            int key = random.nextInt(KEYS);
            Phase now = phase;
            long startNanos = System.nanoTime();
            long floor = rows.isOwn() ? invalidated.get(key) : floorOfOthers(key, startNanos);
            try {
                Lookup<Long> found = rows.cache().lookup(key);
                now.read(rows.isAsking(), System.nanoTime() - startNanos);
                Long version = found.valueOrNull();
                if (version == null || version < floor) {
                    now.stale.incrementAndGet();
                }
            } catch (CacheException e) {
                now.failed(e);
            }
            LockSupport.parkNanos(BETWEEN_READS.toNanos());
        }
    }

    /** What another process must know: what Redis has accepted longer ago than {@code maxStaleness}. */
    private long floorOfOthers(int key, long nowNanos) {
        long version = accepted.get(key);
        return nowNanos - acceptedAtNanos.get(key) > MAX_STALENESS.toNanos() ? version : 0;
    }

    private void write() {
        Random random = new Random(99);
        while (!over) {
            int key = random.nextInt(KEYS);
            long version = versions.incrementAndGet(key);
            Phase now = phase;
            try {
                // both, for each cache holds what it has read by itself
                WriteOutcome outcome = near.cache().invalidate(key);
                WriteOutcome ofAsking = asking.cache().invalidate(key);
                invalidated.set(key, version);
                now.invalidated(outcome, ofAsking);
                if (outcome == WriteOutcome.APPLIED) {
                    // the version last: whoever sees it sees a moment that is not too early
                    acceptedAtNanos.set(key, System.nanoTime());
                    accepted.set(key, version);
                }
            } catch (CacheException e) {
                now.refused.incrementAndGet();
            }
            LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
        }
    }

    @Override
    public void close() {
        stop();
        one.close();
        other.close();
    }

    /** No thread reads or writes any more. */
    void stop() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Counts of a while. */
    static final class Phase {
        private final long startedNanos = System.nanoTime();
        private long endedNanos;
        final AtomicLong loads = new AtomicLong();
        final AtomicInteger mostLoads = new AtomicInteger();
        final AtomicLong stale = new AtomicLong();
        final AtomicLong errors = new AtomicLong();
        final AtomicLong queued = new AtomicLong();
        final AtomicLong applied = new AtomicLong();
        final AtomicLong refused = new AtomicLong();
        private volatile String error = "";
        private final List<Long> nearNanos = new ArrayList<>();
        private final List<Long> askingNanos = new ArrayList<>();

        private void read(boolean asking, long nanos) {
            List<Long> all = asking ? askingNanos : nearNanos;
            synchronized (all) {
                all.add(nanos);
            }
        }

        private void failed(CacheException e) {
            errors.incrementAndGet();
            error = String.valueOf(e);
        }

        private void invalidated(WriteOutcome... outcomes) {
            for (WriteOutcome outcome : outcomes) {
                (outcome == WriteOutcome.APPLIED ? applied : queued).incrementAndGet();
            }
        }

        /** Of the reads that ask Redis each time. */
        double askingMillis(double share) {
            return millis(askingNanos, share);
        }

        /** Of the reads that local copies may answer. */
        double nearMillis(double share) {
            return millis(nearNanos, share);
        }

        double loadsPerSecond() {
            return loads.get() * 1e9 / (endedNanos - startedNanos);
        }

        /** How many reads were answered. */
        int readCount() {
            synchronized (nearNanos) {
                synchronized (askingNanos) {
                    return nearNanos.size() + askingNanos.size();
                }
            }
        }

        long errorCount() {
            return errors.get();
        }

        long staleCount() {
            return stale.get();
        }

        /** What the last failed read said. */
        String error() {
            return error;
        }

        private static double millis(List<Long> all, double share) {
            synchronized (all) {
                if (all.isEmpty()) {
                    return 0;
                }
                List<Long> sorted = all.stream().sorted().toList();
                return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6;
            }
        }
    }
}
