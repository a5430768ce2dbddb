package io.cacheservice.spi;

/** Told by a remote tier which keys changed. Called on I/O threads; must not wait and must not throw. */
@FunctionalInterface
public interface ChangeListener {
    /** Nobody needs to know. */
    ChangeListener IGNORED = key -> {};

    /** {@code key} was changed, or may have been, by this process or by anybody else. The array must not be changed. */
    void changed(byte[] key);
}
