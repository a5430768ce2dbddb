package io.cacheservice.benchmarks.outage;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.benchmarks.harness.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One outage of one subject: as long as its {@link Act}, whatever length is asked for. */
public final class OutageSlice implements Slice {
    /** How many read at once. */
    public static final int CALLERS = 64;

    private final OutageSubject subject;
    private final String[] keys;
    private final Act act;
    private final List<double[]> timelines = new ArrayList<>();

    /** Readers of {@code keys}, each as likely as another. */
    public OutageSlice(OutageSubject subject, String[] keys, Act act) {
        this.subject = subject;
        this.keys = keys.clone();
        this.act = act;
    }

    /** Only what was seen during the fault. */
    @Override
    public Map<Metric, Double> run(Duration length) throws InterruptedException {
        return new OutageFigures(outage()).ofTheFault();
    }

    @Override
    public Map<String, Map<Metric, Double>> runPhases(Duration length) throws InterruptedException {
        OutageLog log = outage();
        timelines.add(OutageTimeline.p99Millis(log, steps(act.before()), steps(act.whole())));
        Map<String, Map<Metric, Double>> parts = new OutageFigures(log).byPart();
        if (subject.link() == null) {
            // it never does without the source
            parts.values().forEach(part -> part.remove(Metric.NORMAL_AFTER_MILLIS));
        }
        return parts;
    }

    /**
     * The 99th percentile in ms of each tenth of a second, beginning with {@code before} of the {@link Act}: the median of all
     * runs but the first few.
     */
    public List<Double> timeline(int firstRuns) {
        List<double[]> counted = timelines.subList(Math.min(firstRuns, timelines.size()), timelines.size());
        return IntStream.range(0, steps(act.whole()))
                .mapToObj(step -> median(counted, step))
                .toList();
    }

    private OutageLog outage() throws InterruptedException {
        return new OutageRun(subject, keys, act).run(CALLERS);
    }

    private static int steps(Duration time) {
        return (int) (time.toNanos() / OutageTimeline.STEP.toNanos());
    }

    private static double median(List<double[]> timelines, int step) {
        List<Double> known = timelines.stream()
                .map(each -> each[step])
                .filter(each -> !Double.isNaN(each))
                .toList();
        return known.isEmpty() ? Double.NaN : Math.round(Spread.of(known).median() * 100) / 100.0;
    }
}
