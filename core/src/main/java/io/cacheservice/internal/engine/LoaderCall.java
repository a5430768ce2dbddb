package io.cacheservice.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * One call of a loader, known to what it asks of the cache on its thread: a loader that asked for the very key it loads
 * would wait for itself.
 */
final class LoaderCall {
    private static final ThreadLocal<@Nullable LoaderCall> INNERMOST = new ThreadLocal<>();

    private final @Nullable LoaderCall outer = INNERMOST.get();

    /** The call that this thread is in; null when in none. */
    static @Nullable LoaderCall current() {
        return INNERMOST.get();
    }

    /** This thread enters it; {@link #leave} must follow. */
    static LoaderCall enter() {
        LoaderCall call = new LoaderCall();
        INNERMOST.set(call);
        return call;
    }

    void leave() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }

    /** Whether it is {@code other}, or was begun by it on the same thread. */
    boolean isInside(LoaderCall other) {
        for (LoaderCall at = this; at != null; at = at.outer) {
            if (at == other) {
                return true;
            }
        }
        return false;
    }
}
