package io.cacheservice.compression;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/**
 * Things that one thread uses at a time, kept for the next: as many as there are processors. Whoever finds none makes one, and
 * what is too many when it comes back is closed. Safe for use by many threads.
 */
final class Pool<T extends Closeable> {
    private final ArrayBlockingQueue<T> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());
    private final Supplier<T> maker;
    private volatile boolean closed;

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        T kept = idle.poll();
        return kept == null ? maker.get() : kept;
    }

    void giveBack(T used) {
        if (!idle.offer(used)) {
            close(used);
        }
        if (closed) {
            closeIdle();
        }
    }

    /** What is in use is closed when it comes back. */
    void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (T kept = idle.poll(); kept != null; kept = idle.poll()) {
            close(kept);
        }
    }

    private void close(T thing) {
        try {
            thing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
