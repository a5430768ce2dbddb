package io.cacheservice.benchmarks;

import java.util.List;
import java.util.Map;

/** What all clients of Redis can do with many keys at once. For use by many threads. */
interface BatchClient extends AutoCloseable {
    /** Reads the values under {@code keys}; answers how many bytes came. */
    long getAll(List<String> keys);

    /** Stores {@code entries} for an hour; returns when Redis has answered. */
    void setAll(Map<String, byte[]> entries);

    @Override
    void close();
}
