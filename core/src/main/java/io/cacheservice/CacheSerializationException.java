package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * A value could not be encoded. Decoding never throws: undecodable bytes are a counted miss.
 */
public final class CacheSerializationException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** An error with its message. */
    public CacheSerializationException(String message) {
        super(message);
    }

    /** An error with its message and what caused it. */
    public CacheSerializationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.SERIALIZATION;
    }
}
