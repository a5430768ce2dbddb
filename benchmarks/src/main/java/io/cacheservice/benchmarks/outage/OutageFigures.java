package io.cacheservice.benchmarks.outage;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.outage.ReadLog.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The figures of an outage.
 *
 * <p>Before the fault, the percentiles are of the reads that ended; after the repair, of those that began. In the parts between
 * they are of all reads that were under way at some time, from their begin to their end, or to the repair where they had to
 * wait for that: else a cache that answers nobody would have nothing that could be slow.
 */
final class OutageFigures {
    /** Reads of so long must come from the cache, nearly all, before it is called well again. */
    private static final long WELL_NANOS = Duration.ofMillis(100).toNanos();

    private static final long WELL_STEP_NANOS = Duration.ofMillis(10).toNanos();
    private static final double WELL_SHARE = 0.9;

    private final OutageLog log;

    OutageFigures(OutageLog log) {
        this.log = log;
    }

    /** By part, in their order. */
    Map<String, Map<Metric, Double>> byPart() {
        OutageLog.Marks at = log.marks();
        OutageLog.Marks loads = log.loads();
        Map<String, Map<Metric, Double>> parts = new LinkedHashMap<>();
        parts.put(
                "before", part(at.begin(), at.fault(), loads.fault() - loads.begin(), endedIn(at.begin(), at.fault())));
        Map<Metric, Double> first =
                part(at.fault(), at.later(), loads.later() - loads.fault(), underWay(at.fault(), at.later()));
        if (log.leftAloneAtNanos() != OutageLog.NEVER) {
            first.put(Metric.LEFT_ALONE_AFTER_MILLIS, (log.leftAloneAtNanos() - at.fault()) / 1e6);
            first.put(
                    Metric.P99_UNTIL_LEFT_ALONE_MILLIS,
                    underWay(at.fault(), log.leftAloneAtNanos()).millis(0.99));
        }
        parts.put("first", first);
        parts.put(
                "later",
                part(at.later(), at.repair(), loads.repair() - loads.later(), underWay(at.later(), at.repair())));
        Map<Metric, Double> after =
                part(at.repair(), at.end(), loads.end() - loads.repair(), begunIn(at.repair(), at.end()));
        after.put(Metric.NORMAL_AFTER_MILLIS, normalAfterMillis());
        parts.put("after", after);
        return parts;
    }

    /** Of the fault as a whole. */
    Map<Metric, Double> ofTheFault() {
        OutageLog.Marks at = log.marks();
        OutageLog.Marks loads = log.loads();
        return part(at.fault(), at.repair(), loads.repair() - loads.fault(), underWay(at.fault(), at.repair()));
    }

    private Map<Metric, Double> part(long from, long to, long loads, Waits waits) {
        if (waits.isEmpty()) {
            throw new IllegalStateException("nobody read for " + (to - from) / 1_000_000 + " ms");
        }
        LongAdder answered = new LongAdder();
        LongAdder failed = new LongAdder();
        log.forEachRead((begin, end, outcome) -> {
            if (end - from >= 0 && end - to < 0) {
                (outcome == Outcome.FAILED ? failed : answered).increment();
            }
        });
        double seconds = (to - from) / 1e9;
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.READS_PER_SECOND, answered.sum() / seconds);
        figures.put(Metric.ERRORS_PER_SECOND, failed.sum() / seconds);
        figures.put(Metric.LOADS_PER_SECOND, loads / seconds);
        figures.put(Metric.P50_MILLIS, waits.millis(0.5));
        figures.put(Metric.P99_MILLIS, waits.millis(0.99));
        figures.put(Metric.P999_MILLIS, waits.millis(0.999));
        return figures;
    }

    private Waits endedIn(long from, long to) {
        Waits waits = new Waits();
        log.forEachRead((begin, end, outcome) -> {
            if (end - from >= 0 && end - to < 0) {
                waits.add(end - begin);
            }
        });
        return waits;
    }

    private Waits begunIn(long from, long to) {
        Waits waits = new Waits();
        log.forEachRead((begin, end, outcome) -> {
            if (begin - from >= 0 && begin - to < 0) {
                waits.add(end - begin);
            }
        });
        return waits;
    }

    private Waits underWay(long from, long to) {
        long repair = log.marks().repair();
        Waits waits = new Waits();
        log.forEachRead((begin, end, outcome) -> {
            if (begin - to < 0 && end - from >= 0) {
                boolean waitedForTheRepair = begin - repair < 0 && end - repair >= 0;
                waits.add((waitedForTheRepair ? repair : end) - begin);
            }
        });
        return waits;
    }

    /** Until the first {@link #WELL_NANOS} in which nearly all reads were answered by the cache; to the end where there are none. */
    private double normalAfterMillis() {
        OutageLog.Marks at = log.marks();
        int windows = (int) ((at.end() - at.repair()) / WELL_STEP_NANOS);
        long[] all = new long[windows + 1];
        long[] cached = new long[windows + 1];
        log.forEachRead((begin, end, outcome) -> {
            if (end - at.repair() >= 0 && end - at.end() < 0) {
                int step = (int) ((end - at.repair()) / WELL_STEP_NANOS);
                all[step]++;
                cached[step] += outcome == Outcome.CACHED ? 1 : 0;
            }
        });
        int width = (int) (WELL_NANOS / WELL_STEP_NANOS);
        for (int first = 0; first + width <= windows; first++) {
            long reads = Arrays.stream(all, first, first + width).sum();
            long good = Arrays.stream(cached, first, first + width).sum();
            if (reads > 0 && good >= WELL_SHARE * reads && cached[first] > 0) {
                return first * WELL_STEP_NANOS / 1e6;
            }
        }
        return (at.end() - at.repair()) / 1e6;
    }
}
