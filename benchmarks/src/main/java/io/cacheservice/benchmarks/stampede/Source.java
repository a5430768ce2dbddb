package io.cacheservice.benchmarks.stampede;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is behind the caches: takes its time for each value, and keeps record of each time it was asked. Safe for use by many threads. */
public final class Source {
    /** How long one load takes. */
    public static final Duration LOAD_TIME = Duration.ofMillis(50);

    private final List<Span> loads = new ArrayList<>();
    private int running;

    /** The value of {@code key}. */
    public String load(String key) {
        long begin = System.nanoTime();
        synchronized (this) {
            running++;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(LOAD_TIME.toNanos());
            return valueOf(key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a load", e);
        } finally {
            ended(new Span(begin, System.nanoTime()));
        }
    }

    static String valueOf(String key) {
        return "value of " + key;
    }

    private synchronized void ended(Span load) {
        loads.add(load);
        running--;
        notifyAll();
    }

    /** The loads since the last call of this method, after those that run have ended. */
    synchronized List<Span> takeLoads() throws InterruptedException {
        while (running > 0) {
            wait();
        }
        List<Span> taken = List.copyOf(loads);
        loads.clear();
        return taken;
    }
}
