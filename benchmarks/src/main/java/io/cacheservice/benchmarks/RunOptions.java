package io.cacheservice.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param suite the suite's name
 * @param selection which part of it
 * @param gate whether disturbed slices are repeated
 * @param output the result file
 * @param commit what was built
 * @param terminal whether progress may overwrite its line
 */
record RunOptions(String suite, Selection selection, boolean gate, Path output, String commit, boolean terminal) {
    static final String USAGE = """
            usage: benchmarks/run <suite> [--quick] [--only REGEX] [--gate] [--out FILE]
                   benchmarks/run all [--quick] [--gate]    every suite, and then the page docs/benchmarks.md
                   benchmarks/run report                    that page, from the results that are there
              <suite>       local, redis, batch, options, cluster, coherence, stampede, outage, compression or start
              --quick       short rounds: about a minute, for a first look
              --only REGEX  only what the expression is found in, written case/subject; baselines run too
              --gate        wait for a quiet machine before a slice, and repeat slices that other processes disturbed
              --out FILE    instead of benchmarks/results/<suite>.json""";

    static final List<String> SUITES = List.of(
            "local", "redis", "batch", "options", "cluster", "coherence", "stampede", "outage", "compression", "start");

    /**
     * Reads the arguments.
     *
     * @throws UsageException when they are wrong, saying which
     */
    static RunOptions parse(String... arguments) {
        Queue<String> rest = new ArrayDeque<>(List.of(arguments));
        @Nullable String suite = null;
        boolean quick = false;
        boolean gate = false;
        Pattern only = Pattern.compile("");
        @Nullable Path output = null;
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            switch (argument) {
                case "--quick" -> quick = true;
                case "--gate" -> gate = true;
                case "--only" -> only = pattern(valueOf(argument, rest));
                case "--out" -> output = Path.of(valueOf(argument, rest));
                default -> {
                    if (suite != null || !SUITES.contains(argument)) {
                        throw new UsageException("\"" + argument + "\" is neither an option nor a suite");
                    }
                    suite = argument;
                }
            }
        }
        if (suite == null) {
            throw new UsageException("no suite named: expected one of " + SUITES);
        }
        return new RunOptions(
                suite,
                new Selection(quick, only),
                gate,
                output == null ? Path.of("benchmarks", "results", suite + ".json") : output,
                System.getProperty("benchmarks.commit", "unknown"),
                Boolean.getBoolean("benchmarks.terminal"));
    }

    Suite open() {
        return switch (suite) {
            case "redis" -> new RedisSuite(selection);
            case "batch" -> new BatchSuite(selection);
            case "options" -> new OptionsSuite(selection);
            case "cluster" -> new ClusterSuite(selection);
            case "coherence" -> new CoherenceSuite(selection);
            case "stampede" -> new StampedeSuite(selection);
            case "outage" -> new OutageSuite(selection);
            case "compression" -> new CompressionSuite(selection);
            case "start" -> new StartSuite(selection);
            default -> new LocalSuite(selection);
        };
    }

    private static String valueOf(String option, Queue<String> rest) {
        String value = rest.poll();
        if (value == null) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    private static Pattern pattern(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException wrong) {
            throw new UsageException("--only: " + wrong.getMessage());
        }
    }
}
