package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * A setting or a cache's policy is wrong. The message names the setting, its value, where it came from and what is
 * allowed.
 */
public final class CacheConfigException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** An error with its message. */
    public CacheConfigException(String message) {
        super(message);
    }

    /** An error with its message and what caused it. */
    public CacheConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.CONFIG;
    }
}
