package io.cacheservice.benchmarks;

import org.jspecify.annotations.Nullable;

/** What all clients of Redis can do: bytes under a string key, which live for an hour. For use by many threads. */
interface ByteClient extends AutoCloseable {
    byte @Nullable [] get(String key);

    void set(String key, byte[] value);

    @Override
    void close();
}
