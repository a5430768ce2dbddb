import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shows that each guard of local copies and leases earns its place: switches it off in a copy of the sources, and runs the
 * test that must fail then. The guards are in {@code guards.txt}. Arguments: words of the names of those to try; none: all;
 * {@code --check} instead: says only whether every guard is where the table says. Ends with 1 when a test passed without its guard, and with an exception when one could not be tried.
 */
public final class Guards {
    private static final Path TABLE = Path.of("redis", "guards", "guards.txt");
    private static final Set<String> LEFT_BEHIND = Set.of("target", ".git");
    private static final Pattern COUNTS = Pattern.compile(
            "<testsuite [^>]*?tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");
    private static final long RUN_LIMIT_MINUTES = 15;

    private final Path tree;

    /** Lines of a file, without their indentation, and what takes their place. */
    record Change(String file, List<String> lines, List<String> instead) {}

    /** @param test {@code Class#method} */
    record Guard(String name, String module, String test, List<Change> changes) {}

    /** What a run of tests said. */
    record Outcome(int tests, int failed) {}

    private Guards(Path tree) {
        this.tree = tree;
    }

    public static void main(String[] wanted) throws IOException, InterruptedException {
        if (wanted.length == 1 && wanted[0].equals("--check")) {
            check(read(Files.readAllLines(TABLE)));
            return;
        }
        List<Guard> guards = read(Files.readAllLines(TABLE)).stream()
                .filter(guard -> wanted.length == 0 || Arrays.stream(wanted).anyMatch(guard.name()::contains))
                .toList();
        Path tree = Files.createTempDirectory("guards-");
        boolean allEarned;
        try {
            copy(Path.of("").toAbsolutePath(), tree);
            Guards tried = new Guards(tree);
            tried.requireAllPass(guards);
            allEarned = tried.report(guards);
        } finally {
            delete(tree);
        }
        System.exit(allEarned ? 0 : 1);
    }

    // ------------------------------------------------------------------------------------------- the table

    private static List<Guard> read(List<String> table) {
        List<Guard> guards = new ArrayList<>();
        for (String line : table) {
            String[] words = line.split(" ", 2);
            String rest = words.length < 2 ? "" : words[1];
            Guard last = guards.isEmpty() ? null : guards.get(guards.size() - 1);
            switch (words[0]) {
                case "", "#" -> {}
                case "guard" -> guards.add(new Guard(rest, "", "", new ArrayList<>()));
                case "test" -> {
                    String[] moduleAndTest = rest.split(" ");
                    guards.set(
                            guards.size() - 1,
                            new Guard(last.name(), moduleAndTest[0], moduleAndTest[1], last.changes()));
                }
                case "in" -> last.changes().add(new Change(rest, new ArrayList<>(), new ArrayList<>()));
                case "-" -> change(last).lines().add(rest.strip());
                case "+" -> change(last).instead().add(rest);
                default -> throw new IllegalStateException(TABLE + " has a line that is none: " + line);
            }
        }
        return guards;
    }

    private static Change change(Guard guard) {
        return guard.changes().get(guard.changes().size() - 1);
    }

    // ------------------------------------------------------------------------------------------- the trial

    /** A test that fails anyway says nothing of its guard. */
    private void requireAllPass(List<Guard> guards) throws IOException, InterruptedException {
        Map<String, Set<String>> tests = new LinkedHashMap<>();
        guards.forEach(guard ->
                tests.computeIfAbsent(guard.module(), module -> new TreeSet<>()).add(guard.test()));
        for (Map.Entry<String, Set<String>> each : tests.entrySet()) {
            Outcome outcome = run(each.getKey(), String.join(",", each.getValue()));
            System.out.printf(
                    "with all guards on, %d tests of %s: %d failed%n",
                    outcome.tests(), each.getKey(), outcome.failed());
            if (outcome.failed() > 0 || outcome.tests() != each.getValue().size()) {
                throw new IllegalStateException("not all of these ran and passed: " + each.getValue() + "\n"
                        + Files.readString(tree.resolve("guards.log")));
            }
        }
    }

    private boolean report(List<Guard> guards) throws IOException, InterruptedException {
        boolean allEarned = true;
        System.out.printf("%n%-38s %-14s %7s  %s%n", "switched off", "its test", "seconds", "which is");
        for (Guard guard : guards) {
            long begunNanos = System.nanoTime();
            boolean earned = failsWithout(guard);
            allEarned &= earned;
            System.out.printf(
                    "%-38s %-14s %7d  %s%n",
                    guard.name(),
                    earned ? "fails" : "STILL PASSES",
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNanos),
                    guard.test());
        }
        return allEarned;
    }

    private static void check(List<Guard> guards) throws IOException {
        for (Guard guard : guards) {
            without(guard, Path.of(""));
            Path tests = Path.of(guard.module(), "src", "test", "java");
            String name = guard.test().replaceFirst("#.*", ".java");
            try (Stream<Path> files = Files.walk(tests)) {
                if (files.noneMatch(file -> file.endsWith(name))) {
                    throw new IllegalStateException("the guard '" + guard.name() + "' has no test " + guard.test());
                }
            }
        }
        System.out.println(guards.size() + " guards are where the table says");
    }

    /** The files that a guard is in, as they are without it. */
    private static Map<Path, String> without(Guard guard, Path tree) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Change change : guard.changes()) {
            Path file = tree.resolve(change.file());
            String before = texts.containsKey(file) ? texts.get(file) : Files.readString(file);
            texts.put(file, String.join("\n", changed(guard, change, before.lines().toList())) + "\n");
        }
        return texts;
    }

    private boolean failsWithout(Guard guard) throws IOException, InterruptedException {
        Map<Path, String> originals = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, String> changed : without(guard, tree).entrySet()) {
                originals.put(changed.getKey(), Files.readString(changed.getKey()));
                Files.writeString(changed.getKey(), changed.getValue());
            }
            Outcome outcome = run(guard.module(), guard.test());
            if (outcome.tests() != 1) {
                throw new IllegalStateException("without the guard '" + guard.name() + "' " + outcome.tests()
                        + " tests ran instead of " + guard.test() + ": does it compile?");
            }
            return outcome.failed() == 1;
        } finally {
            for (Map.Entry<Path, String> original : originals.entrySet()) {
                Files.writeString(original.getKey(), original.getValue());
            }
        }
    }

    private static List<String> changed(Guard guard, Change change, List<String> before) {
        List<String> stripped = before.stream().map(String::strip).toList();
        List<Integer> places = Stream.iterate(0, at -> at + change.lines().size() <= stripped.size(), at -> at + 1)
                .filter(at -> stripped.subList(at, at + change.lines().size()).equals(change.lines()))
                .toList();
        if (places.size() != 1) {
            throw new IllegalStateException("for the guard '" + guard.name() + "' " + change.file()
                    + " must have these lines once, and has them " + places.size() + " times:\n"
                    + change.lines().stream().collect(joining("\n")));
        }
        List<String> after = new ArrayList<>(before.subList(0, places.get(0)));
        after.addAll(change.instead());
        after.addAll(before.subList(places.get(0) + change.lines().size(), before.size()));
        return after;
    }

    /** Compiles what was changed, and runs {@code tests}. */
    private Outcome run(String module, String tests) throws IOException, InterruptedException {
        Path reports = tree.resolve(module).resolve("target").resolve("surefire-reports");
        delete(reports);
        Path log = tree.resolve("guards.log");
        List<String> command = List.of(
                "mvn",
                "--batch-mode",
                "--quiet",
                "test",
                "--projects=" + module,
                "--also-make",
                "-DskipAnalysis",
                "-Derrorprone.plugin=-Xlint:none",
                "-Dspotless.check.skip=true",
                // only the files that were changed
                "-Dmaven.compiler.useIncrementalCompilation=false",
                "-Dtest=" + tests,
                "-Dsurefire.failIfNoSpecifiedTests=false");
        Process maven = new ProcessBuilder(command)
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(RUN_LIMIT_MINUTES, TimeUnit.MINUTES)) {
            maven.destroy();
            throw new IllegalStateException(tests + " did not end within " + RUN_LIMIT_MINUTES + " minutes");
        }
        Outcome outcome = outcomeIn(reports);
        if (outcome.tests() == 0) {
            Files.readAllLines(log).stream().limit(40).forEach(System.out::println);
        }
        return outcome;
    }

    private static Outcome outcomeIn(Path reports) throws IOException {
        int tests = 0;
        int failed = 0;
        if (Files.isDirectory(reports)) {
            try (Stream<Path> files = Files.list(reports)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".xml")).toList()) {
                    Matcher counts = COUNTS.matcher(Files.readString(file));
                    if (counts.find()) {
                        tests += Integer.parseInt(counts.group(1)) - Integer.parseInt(counts.group(3));
                        failed += Integer.parseInt(counts.group(2)) + Integer.parseInt(counts.group(4));
                    }
                }
            }
        }
        return new Outcome(tests, failed);
    }

    // -------------------------------------------------------------------------------------------- the copy

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (LEFT_BEHIND.contains(String.valueOf(folder.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the copy " + folder + " could not be deleted", e);
        }
    }
}
