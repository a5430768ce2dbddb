package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * A memory bound was reached: the local tier is full under {@code noeviction}, Redis answered OOM, or a value is larger
 * than {@code maxValueBytes}. Raise the bound the message names, or store less.
 */
public final class CacheMemoryException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** An error with its message. */
    public CacheMemoryException(String message) {
        super(message);
    }

    /** An error with its message and what caused it. */
    public CacheMemoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.MEMORY;
    }
}
