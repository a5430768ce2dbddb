package io.cacheservice.server.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears when this JVM is told to end, and lets it wait for the last words, until it is closed. */
final class Ending implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    Ending() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    }

    /** Waits for so long, and says whether the end was asked for. */
    boolean isAskedForWithin(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        done.countDown();
    }

    private void end() {
        asked.countDown();
        try {
            done.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
