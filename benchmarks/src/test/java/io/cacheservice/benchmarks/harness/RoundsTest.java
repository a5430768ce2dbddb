package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> runs = new ArrayList<>();

    @Test
    void everySubjectRunsOnceInEachRound() throws InterruptedException {
        rounds(1, 4).run(List.of(caseOf("a", "b", "c")));

        assertThat(runs).hasSize(15);
        for (int round = 0; round < 5; round++) {
            assertThat(runs.subList(round * 3, round * 3 + 3)).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void theOrderChangesBetweenRounds() throws InterruptedException {
        rounds(0, 20).run(List.of(caseOf("a", "b", "c")));

        Set<List<String>> orders = new HashSet<>();
        for (int round = 0; round < 20; round++) {
            orders.add(runs.subList(round * 3, round * 3 + 3));
        }
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void warmUpRoundsDoNotCount() throws InterruptedException {
        List<Double> values = new ArrayList<>(List.of(1000.0, 1000.0, 3.0, 5.0));
        BenchmarkCase warming = new BenchmarkCase(
                "case", List.of(), Map.of("a", length -> Map.of(Metric.NANOS_PER_OPERATION, values.remove(0))));

        List<Measurement> measurements = rounds(2, 2).run(List.of(warming));

        assertThat(measurements)
                .singleElement()
                .satisfies(measurement -> assertThat(measurement.value().max()).isEqualTo(5));
    }

    @Test
    void eachPhaseOfASliceIsACaseOfItsOwn() throws InterruptedException {
        Slice phased = new Slice() {
            @Override
            public Map<Metric, Double> run(Duration length) {
                return Map.of();
            }

            @Override
            public Map<String, Map<Metric, Double>> runPhases(Duration length) {
                Map<String, Map<Metric, Double>> phases = new LinkedHashMap<>();
                phases.put("before", Map.of(Metric.P99_MILLIS, 2.0));
                phases.put("after", Map.of(Metric.P99_MILLIS, 7.0));
                return phases;
            }
        };

        List<Measurement> measurements =
                rounds(0, 3).run(List.of(new BenchmarkCase("outage", List.of("a"), Map.of("a", phased))));

        assertThat(measurements).extracting(Measurement::caseName).containsExactly("outage-before", "outage-after");
        assertThat(measurements).extracting(each -> each.value().median()).containsExactly(2.0, 7.0);
    }

    @Test
    void aFailureNamesSubjectAndCase() {
        BenchmarkCase failing = new BenchmarkCase("get", List.of(), Map.of("a", length -> {
            throw new IllegalStateException("connection lost");
        }));

        assertThatIllegalStateException()
                .isThrownBy(() -> rounds(0, 1).run(List.of(failing)))
                .withMessage("a failed in get: connection lost");
    }

    private Rounds rounds(int warmUpRounds, int rounds) {
        return new Rounds(
                new Plan(warmUpRounds, rounds, Duration.ofMillis(1)),
                NoiseGate.open(new ForeignCpu(Path.of("no-proc-here"), Set.of())),
                new Random(1),
                new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false));
    }

    private BenchmarkCase caseOf(String... subjects) {
        Map<String, Slice> slices = new LinkedHashMap<>();
        Arrays.stream(subjects)
                .forEach(subject -> slices.put(subject, length -> {
                    runs.add(subject);
                    return Map.of(Metric.NANOS_PER_OPERATION, 1.0);
                }));
        return new BenchmarkCase("case", List.of("a"), slices);
    }
}
