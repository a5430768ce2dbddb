package io.cacheservice.benchmarks;

import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.ForeignCpu;
import io.cacheservice.benchmarks.harness.Measurement;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.NoiseGate;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Progress;
import io.cacheservice.benchmarks.harness.ResultFile;
import io.cacheservice.benchmarks.harness.ResultTable;
import io.cacheservice.benchmarks.harness.Rounds;
import io.cacheservice.benchmarks.harness.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs one suite, prints its tables and writes its result file: what {@code benchmarks/run} starts. */
public final class Benchmarks {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double QUIET_CORES = 0.12;

    private Benchmarks() {}

    /** Runs as the arguments say, or with {@code suites} names the suites; exits with 2 when they are wrong. */
    public static void main(String[] arguments) throws Exception {
        if (Arrays.equals(arguments, new String[] {"suites"})) {
            RunOptions.SUITES.forEach(System.out::println);
            return;
        }
        Logger.getLogger("").setLevel(Level.WARNING);
        try {
            run(RunOptions.parse(arguments));
        } catch (UsageException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(RunOptions.USAGE);
            System.exit(2);
        }
    }

    private static void run(RunOptions options) throws IOException, InterruptedException {
        Instant started = Instant.now();
        List<Measurement> measurements;
        Map<String, Object> facts;
        List<Metric> compared;
        Map<String, String> pictures;
        System.err.println("opening and filling the subjects of " + options.suite());
        try (Suite suite = options.open()) {
            if (suite.cases().isEmpty()) {
                throw new UsageException("--only selects nothing in the suite " + options.suite());
            }
            compared = suite.compared();
            facts = facts(options, suite, started);
            Progress progress = new Progress(System.err, options.terminal());
            measurements = new Rounds(suite.plan(), gate(options, suite), new Random(), progress).run(suite.cases());
            facts.putAll(suite.details());
            pictures = suite.pictures();
        }
        System.out.println(ResultTable.of(measurements, compared));
        System.out.println(noise(measurements));
        ResultFile.write(options.output(), facts, measurements);
        System.out.println("written to " + options.output());
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            Path file = options.output().resolveSibling(picture.getKey() + ".svg");
            Files.writeString(file, picture.getValue());
            System.out.println("drawn in " + file);
        }
    }

    private static NoiseGate gate(RunOptions options, Suite suite) {
        Set<Long> own = new HashSet<>(suite.ownProcesses());
        own.add(ProcessHandle.current().pid());
        ForeignCpu foreign = new ForeignCpu(own);
        return options.gate() ? NoiseGate.at(QUIET_CORES, PATIENCE, foreign) : NoiseGate.open(foreign);
    }

    private static Map<String, Object> facts(RunOptions options, Suite suite, Instant started) {
        Plan plan = suite.plan();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("suite", options.suite());
        facts.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", options.commit());
        facts.put("quick", options.selection().quick());
        facts.put("only", options.selection().only().pattern());
        facts.put("noiseGate", options.gate());
        facts.put("warmUpRounds", plan.warmUpRounds());
        facts.put("rounds", plan.rounds());
        facts.put("sliceMillis", plan.slice().toMillis());
        facts.put("jdk", Environment.jdk());
        facts.put("machine", Environment.machine());
        facts.put("versions", suite.versions());
        return facts;
    }

    private static String noise(List<Measurement> measurements) {
        List<Double> cores = measurements.stream()
                .filter(each -> each.metric() == Metric.FOREIGN_CPU_CORES)
                .map(each -> each.value().median())
                .toList();
        if (cores.isEmpty()) {
            return "What other processes used meanwhile is not known on this system.";
        }
        Spread spread = Spread.of(cores);
        return String.format(
                Locale.ROOT,
                "Other processes used %.2f cores in the median slice%s.",
                spread.median(),
                spread.median() > QUIET_CORES ? ": a noisy machine, trust the ratios and their spread only" : "");
    }
}
