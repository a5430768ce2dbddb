package io.cacheservice.benchmarks.outage;

import io.cacheservice.benchmarks.stampede.LoadedCache;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads every key, many at a time, until the cache has nearly all: its first commands, on a cold JVM, may come too late. */
public final class Filling {
    private static final int THREADS = 32;
    private static final int MOST_PASSES = 20;
    private static final int ONE_IN_MAY_BE_ABSENT = 100;
    private static final long MOST_SECONDS = 60;

    private Filling() {}

    /**
     * Fills {@code cache} with {@code keys}.
     *
     * @throws IllegalStateException when it does not keep them
     */
    public static void of(LoadedCache cache, String[] keys) {
        int absent = keys.length;
        for (int pass = 0; absent > keys.length / ONE_IN_MAY_BE_ABSENT; pass++) {
            if (pass == MOST_PASSES) {
                throw new IllegalStateException("the cache does not keep what is loaded: " + absent + " of "
                        + keys.length + " keys are still absent after " + pass + " passes");
            }
            absent = pass(cache, keys);
        }
    }

    /** How many keys were not there. */
    private static int pass(LoadedCache cache, String[] keys) {
        AtomicInteger absent = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (String key : keys) {
                threads.execute(() -> {
                    if (!isCached(cache, key)) {
                        absent.incrementAndGet();
                    }
                });
            }
            threads.shutdown();
            if (!threads.awaitTermination(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a cache was not filled within " + MOST_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a cache was filled", e);
        } finally {
            threads.shutdownNow();
        }
        return absent.get();
    }

    private static boolean isCached(LoadedCache cache, String key) {
        long begin = System.nanoTime();
        try {
            String value = cache.get(key);
            return value != null && OutageSource.loadedAtNanos(key, value) - begin < 0;
        } catch (Exception tooLate) {
            return false;
        }
    }
}
