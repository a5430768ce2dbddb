package io.cacheservice.internal.engine;

import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.stats.StatsRecorder;

/** Counts what compression does in the statistics of its cache. */
record CompressionMeter(StatsRecorder stats) implements ValueCompressor.Meter {
    @Override
    public void compressed(int plainBytes, int storedBytes) {
        stats.compressed(plainBytes, storedBytes);
    }

    @Override
    public void leftAsItIs() {
        stats.leftAsItIs();
    }

    @Override
    public void compressNanos(long nanos) {
        stats.compressNanos(nanos * TIMED);
    }

    @Override
    public void decompressNanos(long nanos) {
        stats.decompressNanos(nanos * TIMED);
    }

    @Override
    public void unknownDictionary() {
        stats.unknownDictionary();
    }
}
