package io.cacheservice.internal.engine;

import io.cacheservice.CacheClosedException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the service is open. */
final class Lifecycle {
    private final AtomicBoolean closed = new AtomicBoolean();

    void requireOpen() {
        if (isClosed()) {
            throw closedException();
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Closes; answers whether it was open. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    static CacheClosedException closedException() {
        return new CacheClosedException("this CacheService was closed: open a new one");
    }
}
