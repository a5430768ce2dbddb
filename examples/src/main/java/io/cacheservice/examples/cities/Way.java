package io.cacheservice.examples.cities;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A way for records into a cache and back. */
interface Way extends AutoCloseable {
    /** How the report calls it. */
    String name();

    /**
     * Stores all of {@code batch}.
     *
     * @throws IOException when a record was not stored; names the first
     */
    void write(Map<String, City> batch) throws IOException, InterruptedException;

    /** Reads {@code batch} back and returns the keys of those that are missing or not exactly what was written. */
    List<String> differing(Map<String, City> batch) throws IOException, InterruptedException;

    @Override
    void close();
}
