package io.cacheservice.internal.refresh;

import io.cacheservice.Refresh;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The ends of many entries on a simulated clock: reads of an entry come at random (a Poisson process), each is judged by the
 * policy, and loads take {@code cost}. An end is over when the first load is, since reads then meet the new entry. Fixed
 * dice: the same simulation gives the same numbers.
 *
 * @param readsPerSecond of all processes together
 * @param leased whether a load that runs keeps others from starting
 */
record SimulatedEnds(Refresh policy, double readsPerSecond, Duration life, Duration cost, boolean leased) {
    /**
     * One end.
     *
     * @param leadNanos how long before the end of its life the first load started; below zero: after it
     * @param loads how many were started
     * @param waiting how many reads had to wait for a load
     */
    private record End(double leadNanos, int loads, int waiting) {}

    /**
     * Means over all ends.
     *
     * @param leadSeconds how long before the end the first load started; below zero: after it
     * @param givenUp the share of its life that an entry has not had, since the load started before its end
     * @param loads how many loads were started
     * @param mostLoads how many at the worst end
     * @param early the share of ends before which a load started
     * @param late the share of ends at which the first load was not over
     * @param waited the share of ends at which a read had to wait
     */
    record Means(
            double leadSeconds,
            double givenUp,
            double loads,
            int mostLoads,
            double early,
            double late,
            double waited) {}

    static SimulatedEnds of(Refresh policy, double readsPerSecond, Duration life, Duration cost) {
        return new SimulatedEnds(policy, readsPerSecond, life, cost, false);
    }

    SimulatedEnds withLease() {
        return new SimulatedEnds(policy, readsPerSecond, life, cost, true);
    }

    Means run(int ends) {
        SplittableRandom random = new SplittableRandom(2015);
        EarlyRefresh refresh = EarlyRefresh.of(policy);
        End[] seen =
                IntStream.range(0, ends).mapToObj(i -> end(refresh, random)).toArray(End[]::new);
        return new Means(
                mean(seen, End::leadNanos) / 1e9,
                mean(seen, end -> Math.max(0, end.leadNanos())) / life.toNanos(),
                mean(seen, End::loads),
                Arrays.stream(seen).mapToInt(End::loads).max().orElseThrow(),
                share(seen, end -> end.leadNanos() > 0),
                share(seen, end -> end.leadNanos() < cost.toNanos()),
                share(seen, end -> end.waiting() > 0));
    }

    private static double mean(End[] ends, ToDoubleFunction<End> figure) {
        return Arrays.stream(ends).mapToDouble(figure).average().orElseThrow();
    }

    private static double share(End[] ends, Predicate<End> which) {
        return Arrays.stream(ends).filter(which).count() / (double) ends.length;
    }

    private End end(EarlyRefresh refresh, SplittableRandom random) {
        long lifeNanos = life.toNanos();
        long costNanos = cost.toNanos();
        // reads before the window are served, and random reads have no memory: the simulation begins where it begins
        double now = lifeNanos - refresh.windowNanos(lifeNanos, costNanos);
        double started = Double.NaN;
        int loads = 0;
        int waiting = 0;
        while (true) {
            now += -Math.log(1 - random.nextDouble()) / readsPerSecond * 1e9;
            if (now >= started + costNanos) {
                return new End(lifeNanos - started, loads, waiting);
            }
            Verdict verdict = refresh.decide((long) (lifeNanos - now), lifeNanos, costNanos, random);
            waiting += verdict == Verdict.LOAD ? 1 : 0;
            if (verdict != Verdict.SERVE && (loads == 0 || !leased)) {
                started = loads == 0 ? now : started;
                loads++;
            }
        }
    }
}
