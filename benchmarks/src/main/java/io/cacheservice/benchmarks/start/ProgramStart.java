package io.cacheservice.benchmarks.start;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One process, from its start to its end. */
public final class ProgramStart implements Slice {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<String> command;

    /** @param command starts a program that says how many nanoseconds it took to its first answer */
    public ProgramStart(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public Map<Metric, Double> run(Duration length) throws InterruptedException {
        OptionalLong before = ChildCpu.millis();
        long started = System.nanoTime();
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            int status = process.waitFor();
            long wall = System.nanoTime() - started;
            if (status != 0) {
                throw new IllegalStateException("it ended with " + status + ": " + said);
            }
            Map<Metric, Double> seen = new EnumMap<>(Metric.class);
            seen.put(Metric.FIRST_ANSWER_MILLIS, Long.parseLong(said) / NANOS_PER_MILLI);
            seen.put(Metric.PROCESS_MILLIS, wall / NANOS_PER_MILLI);
            OptionalLong after = ChildCpu.millis();
            if (before.isPresent() && after.isPresent()) {
                seen.put(Metric.PROCESS_CPU_MILLIS, (double) (after.getAsLong() - before.getAsLong()));
            }
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be started", e);
        }
    }
}
