package io.cacheservice;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A loader failed. Each waiter of a shared load gets an exception of its own, with the same cause. */
public final class SourceException extends CacheException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object key;

    /** The failure of the load of {@code key}. */
    public SourceException(Object key, Throwable cause) {
        super("loading '" + key + "' failed: " + cause, Objects.requireNonNull(cause, "cause"));
        this.key = key;
    }

    /** The key whose load failed; null only after Java serialization. */
    public @Nullable Object key() {
        return key;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.SOURCE;
    }
}
