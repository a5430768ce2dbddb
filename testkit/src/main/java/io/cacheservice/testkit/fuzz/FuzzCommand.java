package io.cacheservice.testkit.fuzz;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs every target that is on the class path and prints what came of it: {@code server/drills/fuzz --help}. */
public final class FuzzCommand {
    private static final String USAGE = """
            server/drills/fuzz [--inputs 10m] [--seed 1] [--targets NAME,NAME] [--share NAME=N] [--from INDEX] [--only INDEX]

              --inputs   how many inputs all targets get together, such as 300k or 10m
              --seed     what the inputs follow from
              --targets  these only; all of them if not said
              --share    how many inputs a target gets compared with the others; may be repeated
              --from     the first index, to go on where another run ended
              --only     one input again, with its stack trace

            Ends with 1 when something happened that must not.
            """;

    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream out;
    private final List<FuzzTarget> all;

    FuzzCommand(PrintStream out, List<FuzzTarget> all) {
        this.out = out;
        this.all = all;
    }

    /** See {@code --help}. */
    public static void main(String[] args) throws InterruptedException {
        List<FuzzTarget> found = new ArrayList<>();
        ServiceLoader.load(FuzzTarget.class).forEach(found::add);
        System.exit(new FuzzCommand(System.out, found).run(args));
    }

    /** Returns the exit code. */
    int run(String... args) throws InterruptedException {
        Map<String, String> options = new HashMap<>();
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || !USAGE.contains("  " + args[i] + " ")) {
                out.print(USAGE);
                return 2;
            }
            if (args[i].equals("--share")) {
                String[] share = args[i + 1].split("=", 2);
                shares.put(share[0], Integer.valueOf(share[1]));
            } else {
                options.put(args[i], args[i + 1]);
            }
        }
        List<FuzzTarget> chosen = chosen(options.get("--targets"));
        if (chosen.isEmpty()) {
            out.println("no such target; there are "
                    + all.stream().map(FuzzTarget::name).sorted().toList());
            return 2;
        }
        long inputs = number(options.getOrDefault("--inputs", "10m"));
        long seed = number(options.getOrDefault("--seed", "1"));
        @Nullable String only = options.get("--only");
        long from = number(only == null ? options.getOrDefault("--from", "0") : only);
        long sum = chosen.stream().mapToLong(target -> share(target, shares)).sum();
        List<FuzzReport> reports = new ArrayList<>();
        for (FuzzTarget target : chosen) {
            long count = only == null ? inputs * share(target, shares) / sum : 1;
            FuzzReport report = FuzzRun.run(target, seed, from, count, Long.MAX_VALUE / 2, progress(target, count));
            printFailures(report, seed);
            reports.add(report);
        }
        printTable(reports, seed);
        return reports.stream().allMatch(report -> report.failed() == 0) ? 0 : 1;
    }

    private static int share(FuzzTarget target, Map<String, Integer> shares) {
        return Objects.requireNonNullElse(shares.get(target.name()), target.share());
    }

    private List<FuzzTarget> chosen(@Nullable String names) {
        return names == null
                ? all
                : all.stream()
                        .filter(target -> List.of(names.split(",", -1)).contains(target.name()))
                        .toList();
    }

    private static long number(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        if (digits.endsWith("k")) {
            return 1_000 * Long.parseLong(digits.substring(0, digits.length() - 1));
        }
        return digits.endsWith("m")
                ? 1_000_000 * Long.parseLong(digits.substring(0, digits.length() - 1))
                : Long.parseLong(digits);
    }

    private FuzzRun.Progress progress(FuzzTarget target, long count) {
        long began = System.nanoTime();
        long[] toldAtNanos = {began};
        return (inputs, failed) -> {
            if (System.nanoTime() - toldAtNanos[0] < BETWEEN_LINES_NANOS) {
                return;
            }
            toldAtNanos[0] = System.nanoTime();
            double seconds = (System.nanoTime() - began) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "%s %s: %,d of %,d inputs, %,.0f in a second, %,d failed; heap %d MB%n",
                    time(seconds),
                    target.name(),
                    inputs,
                    count,
                    inputs / seconds,
                    failed,
                    (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        };
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%5.0f s", seconds);
    }

    private void printFailures(FuzzReport report, long seed) {
        for (FuzzFailure failure : report.failures()) {
            out.println();
            out.println("FAILED " + report.target() + " " + failure.text());
            if (failure.index() >= 0) {
                out.println("  again: server/drills/fuzz --targets " + report.target() + " --seed " + seed + " --only "
                        + failure.index());
            }
        }
    }

    private void printTable(List<FuzzReport> reports, long seed) {
        out.printf(
                Locale.ROOT,
                "%n%-16s %12s %9s %9s %14s %7s%n",
                "target",
                "inputs",
                "accepted",
                "seconds",
                "most bytes",
                "failed");
        for (FuzzReport report : reports) {
            out.printf(
                    Locale.ROOT,
                    "%-16s %,12d %7d %% %9.1f %,14d %,7d%n",
                    report.target(),
                    report.inputs(),
                    report.acceptedPercent(),
                    report.millis() / 1e3,
                    report.mostAllocatedBytes(),
                    report.failed());
        }
        out.printf(
                Locale.ROOT,
                "%,d inputs with seed %d, %,d failed; Java %s with at most %d MB of heap%n",
                reports.stream().mapToLong(FuzzReport::inputs).sum(),
                seed,
                reports.stream().mapToLong(FuzzReport::failed).sum(),
                Runtime.version(),
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
