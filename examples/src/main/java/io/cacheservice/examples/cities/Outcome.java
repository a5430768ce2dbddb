package io.cacheservice.examples.cities;

import java.util.List;

/**
 * What one run counted.
 *
 * @param records written, and then asked for once each
 * @param bytes of their JSON, without keys
 * @param writeNanos from the first batch written to the last, making the JSON included
 * @param readNanos from the first batch read to the last, comparing included
 * @param hits reads that the service answered with a value
 * @param misses reads that it could not
 * @param kept what the tier holds at the end
 * @param differing keys of the records that were missing or not exactly what was written
 */
record Outcome(
        String tier,
        String way,
        long records,
        long bytes,
        long writeNanos,
        long readNanos,
        long hits,
        long misses,
        Backing.Kept kept,
        List<String> differing) {
    Outcome {
        differing = List.copyOf(differing);
    }

    /** Whether all came back as it went in, each by one hit, and all is still there. */
    boolean complete() {
        return differing.isEmpty()
                && hits == records
                && misses == 0
                && kept.evictions() == 0
                && kept.entries() >= records;
    }
}
