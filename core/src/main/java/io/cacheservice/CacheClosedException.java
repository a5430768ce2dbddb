package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * The service was closed.
 */
public final class CacheClosedException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** An error with its message. */
    public CacheClosedException(String message) {
        super(message);
    }

    /** An error with its message and what caused it. */
    public CacheClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.CLOSED;
    }
}
