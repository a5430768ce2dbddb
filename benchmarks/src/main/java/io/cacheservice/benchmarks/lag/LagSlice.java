package io.cacheservice.benchmarks.lag;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The writing side: writes one version after another, each after the one before was seen, and asks the reading JVM when it saw
 * it.
 *
 * <p>The pause between two writes is random, so that writes hit every phase of the reader's own rhythm alike. A first part of
 * the slice is not counted.
 */
public final class LagSlice implements Slice {
    private static final int SETTLING_SHARE = 4;
    /** Longer than any local copy's life that a subject is configured with would be: beyond it a version counts as never seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final VersionedKey key;
    private final int number;
    private final ReaderProcess reader;
    private final AtomicLong versions;

    /**
     * Writes to {@code key}.
     *
     * @param number which of the reader's keys it is
     * @param versions the last version written, shared by all keys
     */
    public LagSlice(VersionedKey key, int number, ReaderProcess reader, AtomicLong versions) {
        this.key = key;
        this.number = number;
        this.reader = reader;
        this.versions = versions;
    }

    @Override
    public Map<Metric, Double> run(Duration length) {
        SplittableRandom random = new SplittableRandom();
        reader.turnTo(number);
        try {
            write(random, new Lags(), length.dividedBy(SETTLING_SHARE));
            Lags lags = new Lags();
            long readsBefore = reader.reads();
            long begin = System.nanoTime();
            write(random, lags, length);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Map<Metric, Double> metrics = lags.metrics();
            metrics.put(Metric.READS_PER_SECOND, (reader.reads() - readsBefore) / seconds);
            return metrics;
        } finally {
            reader.rest();
        }
    }

    private void write(SplittableRandom random, Lags lags, Duration length) {
        long begin = System.nanoTime();
        do {
            LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
            long version = versions.incrementAndGet();
            long called = System.nanoTime();
            key.write(version);
            long returned = System.nanoTime();
            lags.add(called, returned, reader.awaitSeen(version, PATIENCE));
        } while (System.nanoTime() - begin < length.toNanos());
    }
}
