package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * The root of what this library throws at run time.
 *
 * <p>Thrown itself when Redis refuses a command for a reason that no subtype describes, such as a key that holds a value
 * of another type. Every message names what failed, why, and what helps; none contains a secret.
 */
public class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its message. */
    public CacheException(String message) {
        super(message);
    }

    /** An error with its message and what caused it. */
    public CacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Under which kind this error is counted in {@link CacheStats#errors()}. */
    public ErrorKind kind() {
        return ErrorKind.OTHER;
    }
}
