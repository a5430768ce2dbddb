package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import java.time.Duration;

/**
 * The bounds that every lane keeps.
 *
 * @param readNanos from call to answer, for a read
 * @param writeNanos the same for a write
 * @param connectNanos for opening a lane; also how long a lane may owe an answer and say nothing before it is given up
 * @param maxPending requests of one lane that may wait for an answer
 * @param maxPendingBytes bytes of the values that wait to be written on one lane
 * @param maxReadBytes a longer string is read to just beyond this and no further
 */
record Budgets(
        long readNanos, long writeNanos, long connectNanos, int maxPending, long maxPendingBytes, long maxReadBytes) {
    private static final int LONGEST_HEADER = 0xFFFF;
    private static final int HEAP_SHARE = 8;
    private static final long TOPOLOGY_NANOS = Duration.ofMillis(500).toNanos();

    static Budgets of(CacheConfig config) {
        long heapShare = Runtime.getRuntime().maxMemory() / HEAP_SHARE / config.poolSize();
        return new Budgets(
                config.readTimeout().toNanos(),
                config.writeTimeout().toNanos(),
                config.connectTimeout().toNanos(),
                config.maxPending(),
                // one value of the largest size must always pass
                Math.max(heapShare, config.maxValueBytes() + LONGEST_HEADER),
                config.maxValueBytes() + LONGEST_HEADER);
    }

    long nanos(Access access) {
        return switch (access) {
            case READ -> readNanos;
            case WRITE -> writeNanos;
            case SETUP -> connectNanos;
            case TOPOLOGY -> Math.min(connectNanos, TOPOLOGY_NANOS);
        };
    }

    /** How often deadlines are looked at where none is near: after a fifth of the shortest budget, and 10 ms at most. */
    long tickNanos() {
        long fifth = Math.min(readNanos, writeNanos) / 5;
        return Math.max(
                Duration.ofMillis(1).toNanos(),
                Math.min(fifth, Duration.ofMillis(10).toNanos()));
    }
}
