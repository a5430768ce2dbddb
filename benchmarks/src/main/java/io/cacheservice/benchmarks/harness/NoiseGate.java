package io.cacheservice.benchmarks.harness;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Notes how much CPU other processes used during a slice and, when asked to, waits for quiet before it and repeats it when
 * it was disturbed.
 */
public final class NoiseGate {
    private static final int TRIES = 4;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final ForeignCpu foreign;
    private final double limitCores;
    private final Duration patience;
    private long waitedNanos;

    private NoiseGate(ForeignCpu foreign, double limitCores, Duration patience) {
        this.foreign = foreign;
        this.limitCores = limitCores;
        this.patience = patience;
    }

    /** Notes the noise and lets every slice pass. */
    public static NoiseGate open(ForeignCpu foreign) {
        return new NoiseGate(foreign, Double.POSITIVE_INFINITY, Duration.ZERO);
    }

    /**
     * Keeps a slice only if other processes used less than {@code limitCores}; after four tries, the quietest of them.
     *
     * @param patience how long to wait for quiet in the whole run; after it slices begin at once
     */
    public static NoiseGate at(double limitCores, Duration patience, ForeignCpu foreign) {
        return new NoiseGate(foreign, limitCores, patience);
    }

    /** What {@code slice} saw in each of its phases. */
    Map<String, Map<Metric, Double>> run(Slice slice, Duration length) throws InterruptedException {
        Map<String, Map<Metric, Double>> quietest = Map.of();
        double least = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            awaitQuiet();
            ForeignCpu.Look before = foreign.look();
            Map<String, Map<Metric, Double>> phases = slice.runPhases(length);
            OptionalDouble cores = foreign.look().coresSince(before);
            if (cores.isEmpty()) {
                return phases;
            }
            if (cores.getAsDouble() < least) {
                least = cores.getAsDouble();
                quietest = withForeignCores(phases, least);
            }
            if (least < limitCores) {
                break;
            }
        }
        return quietest;
    }

    private static Map<String, Map<Metric, Double>> withForeignCores(
            Map<String, Map<Metric, Double>> phases, double cores) {
        Map<String, Map<Metric, Double>> all = new LinkedHashMap<>();
        phases.forEach((phase, sample) -> {
            Map<Metric, Double> with = new EnumMap<>(Metric.class);
            with.putAll(sample);
            with.put(Metric.FOREIGN_CPU_CORES, cores);
            all.put(phase, with);
        });
        return all;
    }

    private void awaitQuiet() throws InterruptedException {
        if (Double.isInfinite(limitCores)) {
            return;
        }
        ForeignCpu.Look before = foreign.look();
        while (waitedNanos < patience.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            waitedNanos += LOOK_EVERY.toNanos();
            ForeignCpu.Look now = foreign.look();
            if (now.coresSince(before).orElse(0) < limitCores) {
                return;
            }
            before = now;
        }
    }
}
