package io.cacheservice.testkit.contract;

import io.cacheservice.Loader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A database of one row: each load gives the next "row n", until it is in trouble or stopped. Safe for many threads. */
final class Source implements Loader<String, String> {
    private final AtomicInteger loads = new AtomicInteger();
    private volatile @Nullable Exception trouble;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public String load(String key) throws Exception {
        int number = loads.incrementAndGet();
        Exception failure = trouble;
        CountDownLatch passing = gate;
        passing.await();
        if (failure != null) {
            throw failure;
        }
        return "row " + number;
    }

    /** Loads that begin from now on fail; null: they do not. */
    void fail(@Nullable Exception failure) {
        trouble = failure;
    }

    /** Loads that begin from now on wait for {@link #goOn}. */
    void stop() {
        gate = new CountDownLatch(1);
    }

    void goOn() {
        gate.countDown();
    }

    /** Loads that have begun. */
    int loads() {
        return loads.get();
    }

    /** Waits until so many loads have begun. */
    void awaitLoads(int count) {
        Awaitility.await().until(() -> loads() >= count);
    }
}
