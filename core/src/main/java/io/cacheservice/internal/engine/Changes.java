package io.cacheservice.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose source this thread is changing: what it reads of them meanwhile must not come from the cache, which knows
 * only what was before.
 */
final class Changes<K> {
    @SuppressWarnings(
            "ThreadLocalUsage") // one for each cache, whose keys are of a type of their own; emptied when nothing is
    // left
    private final ThreadLocal<@Nullable Deque<K>> ofThread = new ThreadLocal<>();

    private final AtomicInteger running = new AtomicInteger();

    /** Ends the change. */
    interface Change extends AutoCloseable {
        @Override
        void close();
    }

    /** This thread changes {@code key} until the answer is closed. */
    Change begin(K key) {
        Deque<K> keys = ofThread.get();
        if (keys == null) {
            keys = new ArrayDeque<>();
            ofThread.set(keys);
        }
        keys.push(key);
        running.incrementAndGet();
        Deque<K> mine = keys;
        return () -> {
            running.decrementAndGet();
            mine.pop();
            if (mine.isEmpty()) {
                ofThread.remove();
            }
        };
    }

    /** Whether this thread changes {@code key}; one look at a counter while nobody changes anything. */
    boolean isChanging(K key) {
        if (running.get() == 0) {
            return false;
        }
        Deque<K> keys = ofThread.get();
        return keys != null && keys.contains(key);
    }
}
