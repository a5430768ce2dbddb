package io.cacheservice.redis.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.spi.ValueCodec;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Writes text as it is, and stops the first that reads one until it is let go. */
final class GatedCodec implements ValueCodec<String> {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile @Nullable Thread first;

    /** Until somebody stands at the gate. */
    void awaitReached() throws InterruptedException {
        reached.await();
    }

    void release() {
        released.countDown();
    }

    /** Whether this thread was the first. */
    boolean isHere() {
        return first == Thread.currentThread();
    }

    @Override
    public int id() {
        return 200;
    }

    @Override
    public byte[] encode(String value) {
        return value.getBytes(UTF_8);
    }

    @Override
    public String decode(byte[] bytes, int offset, int length) throws InterruptedException {
        if (isFirst()) {
            reached.countDown();
            released.await();
        }
        return new String(bytes, offset, length, UTF_8);
    }

    private synchronized boolean isFirst() {
        if (first != null) {
            return false;
        }
        first = Thread.currentThread();
        return true;
    }
}
