package io.cacheservice.redis.coherence;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A key that stops one thread where it looks for its place in a map: just before it installs what it has read. */
final class GatedKey {
    private final String text;
    private final BooleanSupplier stopsHere;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param stopsHere whether it is this thread that is to be stopped, once */
    GatedKey(String text, BooleanSupplier stopsHere) {
        this.text = text;
        this.stopsHere = stopsHere;
    }

    String text() {
        return text;
    }

    void awaitReached() throws InterruptedException {
        reached.await();
    }

    void release() {
        released.countDown();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GatedKey that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        if (stopsHere.getAsBoolean() && stopped.compareAndSet(false, true)) {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return text.hashCode();
    }
}
