package io.cacheservice.benchmarks.lag;

/**
 * One key of a cache, the same one in both JVMs, whose value is a version. One thread writes in one JVM, one thread reads in
 * the other.
 */
public interface VersionedKey extends AutoCloseable {
    /** What an absent key reads as; less than every version. */
    long ABSENT = 0;

    /** Writes {@code version} as users of the cache do. */
    void write(long version);

    /** The version that the cache gives: from this process when it has a copy. */
    long read();

    @Override
    void close();
}
