package io.cacheservice.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Runs every subject of every case once in each round.
 *
 * <p>Cases come in a new random order each round, and so do the subjects within a case, one right after the other: no
 * subject always runs first, last, or after the same neighbour, and the two sides of a ratio are seconds apart.
 */
public final class Rounds {
    private final Plan plan;
    private final NoiseGate gate;
    private final Random random;
    private final Progress progress;

    /** Rounds as {@code plan} says, each slice let through by {@code gate}. */
    public Rounds(Plan plan, NoiseGate gate, Random random, Progress progress) {
        this.plan = plan;
        this.gate = gate;
        this.random = random;
        this.progress = progress;
    }

    /** Measures {@code cases}; in their order, with phases and subjects in theirs. */
    public List<Measurement> run(List<BenchmarkCase> cases) throws InterruptedException {
        Map<BenchmarkCase, Samples> samples = new LinkedHashMap<>();
        cases.forEach(each -> samples.put(each, new Samples(each)));
        int slices = cases.stream().mapToInt(each -> each.subjects().size()).sum();
        progress.begin(plan, slices);
        for (int round = 0; round < plan.allRounds(); round++) {
            boolean counted = round >= plan.warmUpRounds();
            for (BenchmarkCase each : shuffled(cases)) {
                for (String subject : shuffled(each.subjects().keySet())) {
                    progress.slice(round, each.name(), subject);
                    Map<String, Map<Metric, Double>> phases = slice(each, subject, counted);
                    if (counted) {
                        Objects.requireNonNull(samples.get(each)).add(subject, phases);
                    }
                }
            }
        }
        progress.end();
        return samples.values().stream()
                .flatMap(ofCase -> ofCase.measurements().stream())
                .toList();
    }

    private Map<String, Map<Metric, Double>> slice(BenchmarkCase of, String subject, boolean counted)
            throws InterruptedException {
        Slice slice = of.subjects().get(subject);
        if (slice == null) {
            throw new IllegalStateException(subject + " is not a subject of " + of.name());
        }
        try {
            return counted ? gate.run(slice, plan.slice()) : slice.runPhases(plan.slice());
        } catch (RuntimeException failure) {
            throw new IllegalStateException(subject + " failed in " + of.name() + ": " + failure.getMessage(), failure);
        }
    }

    private <T> List<T> shuffled(Iterable<T> items) {
        List<T> shuffled = new ArrayList<>();
        items.forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
