package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseGateTest {
    private static final long OWN_PID = 1;
    private static final long OTHER_PID = 42;

    @TempDir
    private Path proc;

    private int runs;

    @BeforeEach
    void twoProcessesThatDidNothingYet() {
        cpuTicks(OWN_PID, 0);
        cpuTicks(OTHER_PID, 0);
    }

    @Test
    void aQuietSliceIsKept() throws InterruptedException {
        Map<Metric, Double> sample = run(NoiseGate.at(0.1, Duration.ZERO, foreign()), 0, 0);

        assertThat(runs).isEqualTo(1);
        assertThat(sample).containsEntry(Metric.FOREIGN_CPU_CORES, 0.0);
    }

    @Test
    void aDisturbedSliceIsRepeatedUntilOneIsQuiet() throws InterruptedException {
        Map<Metric, Double> sample = run(NoiseGate.at(0.1, Duration.ZERO, foreign()), 1_000_000, 1_000_000, 0);

        assertThat(runs).isEqualTo(3);
        assertThat(sample).containsEntry(Metric.NANOS_PER_OPERATION, 3.0);
    }

    @Test
    void whereItNeverGetsQuietTheLastTryIsTheFourth() throws InterruptedException {
        run(NoiseGate.at(0.1, Duration.ZERO, foreign()), 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000);

        assertThat(runs).isEqualTo(4);
    }

    @Test
    void anOpenGateNotesTheNoiseAndKeepsTheFirstSlice() throws InterruptedException {
        Map<Metric, Double> sample = run(NoiseGate.open(foreign()), 1_000_000, 0);

        assertThat(runs).isEqualTo(1);
        assertThat(sample.get(Metric.FOREIGN_CPU_CORES)).isPositive();
    }

    @Test
    void theMeasuringProcessItselfIsNoNoise() throws InterruptedException {
        Map<Metric, Double> sample = NoiseGate.open(foreign())
                .run(
                        length -> {
                            cpuTicks(OWN_PID, 1_000_000);
                            return Map.of();
                        },
                        Duration.ofMillis(1))
                .get(Slice.WHOLE);

        assertThat(sample).containsEntry(Metric.FOREIGN_CPU_CORES, 0.0);
    }

    @Test
    void whereThereIsNoProcNothingIsSaidAboutNoise() throws InterruptedException {
        NoiseGate gate = NoiseGate.at(0.1, Duration.ZERO, new ForeignCpu(proc.resolve("absent"), Set.of()));

        assertThat(run(gate, 0)).containsOnlyKeys(Metric.NANOS_PER_OPERATION);
    }

    private Map<Metric, Double> run(NoiseGate gate, long... ticksOfTries) throws InterruptedException {
        long[] used = {0};
        Map<String, Map<Metric, Double>> phases = gate.run(
                length -> {
                    used[0] += ticksOfTries[runs];
                    cpuTicks(OTHER_PID, used[0]);
                    runs++;
                    return Map.of(Metric.NANOS_PER_OPERATION, (double) runs);
                },
                Duration.ofMillis(1));
        return Objects.requireNonNull(phases.get(Slice.WHOLE));
    }

    private ForeignCpu foreign() {
        return new ForeignCpu(proc, Set.of(OWN_PID));
    }

    private void cpuTicks(long pid, long ticks) {
        Path folder = proc.resolve(Long.toString(pid));
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("stat"), pid + " (a (b) c) S 1 1 1 0 -1 4 0 0 0 0 " + ticks + " 0 0 0 20 0 1 0\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
