package io.cacheservice.benchmarks.outage;

import java.util.List;

/**
 * One outage as its callers saw it; moments are of {@link System#nanoTime()}.
 *
 * @param reads of each caller
 * @param marks the moments at which its parts begin, and its end
 * @param loads how often the source had been asked at each of these
 * @param leftAloneAtNanos when Redis was left alone; {@link #NEVER} where it was not
 */
record OutageLog(List<ReadLog> reads, Marks marks, Marks loads, long leftAloneAtNanos) {
    static final long NEVER = Long.MAX_VALUE;

    /** Something at the beginning of each part, and at the end of the last. */
    record Marks(long begin, long fault, long later, long repair, long end) {}

    void forEachRead(ReadLog.Visitor visitor) {
        reads.forEach(ofCaller -> ofCaller.forEach(visitor));
    }
}
