package io.cacheservice.server.demo;

import io.cacheservice.Cache;
import io.cacheservice.CacheException;
import io.cacheservice.Lookup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that read cities at a given rate, all together, and count how each was answered and after how long. A thread that had
 * to wait does not make up for more than a moment of it: a real user would have gone away.
 */
final class Readers {
    private static final int THREADS = 16;
    private static final long WAITING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MADE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Neighbours in the file share a country. With this factor, which has no divisor in common with their number, ranks do not. */
    private static final int STRIDE = 7919;

    private final Cache<String, City> cities;
    private final ZipfRanks ranks;
    private final long intervalNanos;
    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
    private final AtomicLongArray latencies = new AtomicLongArray(LatencyBuckets.SIZE);

    /** When the call began that each thread is in; zero: it is in none. */
    private final AtomicLongArray since = new AtomicLongArray(THREADS);

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile String error = "";

    /** @param rate reads in a second */
    Readers(Cache<String, City> cities, int keys, int rate) {
        this.cities = cities;
        ranks = new ZipfRanks(keys);
        intervalNanos = TimeUnit.SECONDS.toNanos(1) * THREADS / rate;
        for (Count each : Count.values()) {
            counts.put(each, new LongAdder());
        }
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> read(number), "reader-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Lets them finish what they are reading, for at most a second each. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(1));
        }
    }

    /** What they have counted until now. */
    Map<Count, Long> counts() {
        Map<Count, Long> now = new EnumMap<>(Count.class);
        counts.forEach((what, count) -> now.put(what, count.sum()));
        return now;
    }

    /** How many reads took how long. */
    List<Long> latencies() {
        List<Long> now = new ArrayList<>(LatencyBuckets.SIZE);
        for (int i = 0; i < LatencyBuckets.SIZE; i++) {
            now.add(latencies.get(i));
        }
        return now;
    }

    /** What the last read that failed ended with; empty: none has. */
    String error() {
        return error;
    }

    /** How many have waited for their answer for over a millisecond. */
    int waiting() {
        long now = System.nanoTime();
        int waiting = 0;
        for (int i = 0; i < THREADS; i++) {
            long began = since.get(i);
            if (began != 0 && now - began > WAITING_NANOS) {
                waiting++;
            }
        }
        return waiting;
    }

    /** The key of the city of that rank. */
    static String city(int rank) {
        return Integer.toString(1 + (int) ((long) rank * STRIDE % CityFile.SIZE));
    }

    private void read(int thread) {
        SplittableRandom dice = new SplittableRandom();
        long due = System.nanoTime() + dice.nextLong(intervalNanos);
        while (!stopped) {
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
                continue;
            }
            due = Math.max(due + intervalNanos, System.nanoTime() - MADE_UP_NANOS);
            readOne(thread, city(ranks.rank(dice.nextDouble())));
        }
    }

    private void readOne(int thread, String key) {
        long began = System.nanoTime();
        since.set(thread, began);
        Count how;
        try {
            Lookup<City> answer = cities.lookup(key);
            how = Count.of(answer);
        } catch (CacheException e) {
            // what a user would have seen; the view says how many
            how = Count.FAILED;
            error = String.valueOf(e);
        }
        latencies.incrementAndGet(LatencyBuckets.of(System.nanoTime() - began));
        since.set(thread, 0);
        Objects.requireNonNull(counts.get(how)).increment();
    }
}
