package io.cacheservice.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of histories that go on. Times are in milliseconds; the bound is 1 second. */
class HistoryWindowsTest {
    private static final Duration MEMORY = Duration.ofSeconds(5);

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    @TempDir
    Path folder;

    private final HistoryWindows windows = new HistoryWindows(MEMORY);

    @Test
    void aReadIsJudgedByChangesOfEarlierParts() throws Exception {
        wrote(change(1, 1, 0, 10), change(1, 2, 20, 30));
        assertThat(judged(100).isClean()).isTrue();
        wrote(read(2, 1, 1_030, 1_040));
        assertThat(judged(1_100).isClean()).isTrue();
        wrote(read(2, 1, 1_031, 1_050));
        HistoryReport report = judged(1_200);
        assertThat(report.violations()).extracting(Violation::rule).containsExactly(Rule.BOUNDED_STALENESS);
        assertThat(report.violations().get(0).words()).contains("1.031000 s", "0.030000 s");
    }

    @Test
    void whatEndedAfterThePartIsJudgedWithTheNextOne() throws Exception {
        wrote(change(1, 1, 0, 10));
        wrote(read(2, 7, 90, 101), read(2, 1, 95, 100));
        HistoryReport first = judged(100);
        assertThat(first.isClean()).isTrue();
        assertThat(first.reads()).isEqualTo(1);
        assertThat(judged(200).violations()).extracting(Violation::rule).containsExactly(Rule.WRITTEN_BY_SOMEBODY);
        assertThat(judged(300).operations()).isZero();
    }

    @Test
    void aChangeThatIsUnderWayMayBeSeenAndNeedNotBe() throws Exception {
        wrote(change(1, 1, 0, 10));
        begun(change(1, 2, 20, Operation.NEVER_ENDED / 1_000_000));
        wrote(read(2, 2, 30, 31), read(2, 1, 5_000, 5_001));
        assertThat(judged(6_000).isClean()).isTrue();
        wrote(change(1, 2, 20, 5_900));
        wrote(read(2, 1, 6_900, 6_901), read(2, 1, 6_901, 6_902));
        assertThat(judged(7_000).violations()).extracting(Violation::rule).containsExactly(Rule.BOUNDED_STALENESS);
    }

    @Test
    void aLineThatIsNotFinishedIsReadTheNextTime() throws Exception {
        wrote(change(1, 1, 0, 10));
        Path file = folder.resolve("2");
        Files.writeString(file, HistoryFile.header(2, 0));
        byte[] line = HistoryFile.ended(read(2, 7, 20, 30), 0);
        append(file, line, 0, 9);
        assertThat(judged(100).operations()).isZero();
        append(file, line, 9, line.length);
        assertThat(judged(100).violations()).hasSize(1);
    }

    @Test
    void loadsThatOverlapAreFoundOnceAlsoInDifferentParts() throws Exception {
        wrote(change(1, 1, 0, 10));
        wrote(load(2, 100, 150), load(2, 1_110, 1_120));
        assertThat(judged(1_200).duplicateLoads()).isZero();
        wrote(load(3, 1_115, 1_300));
        assertThat(judged(2_000).duplicateLoads()).isEqualTo(1);
        wrote(load(3, 2_100, 2_101));
        assertThat(judged(3_000).duplicateLoads()).isZero();
    }

    @Test
    void whatIsOlderThanAnAcceptedChangeIsForgottenAndWrongAllTheSame() throws Exception {
        for (int version = 1; version <= 1_000; version++) {
            wrote(change(1, version, version * 100L, version * 100L + 1));
            wrote(read(2, version, version * 100L + 2, version * 100L + 3));
            wrote(load(2, version * 100L + 2, version * 100L + 4));
            if (version % 10 == 0) {
                judged(version * 100L + 50).requireClean();
                assertThat(windows.remembered()).isLessThan(200);
            }
        }
        wrote(read(2, 3, 100_200, 100_201));
        assertThat(judged(100_300).violations()).extracting(Violation::rule).containsExactly(Rule.WRITTEN_BY_SOMEBODY);
    }

    @Test
    void whatAFailoverMayHaveLostIsNotForgotten() throws Exception {
        wrote(change(1, 1, 0, 10), change(1, 2, 20, 30), change(1, 3, 100, 110));
        judgedAfterFailover(20_000).requireClean();
        wrote(read(2, 2, 20_001, 20_002));
        HistoryReport report = judgedAfterFailover(21_000);
        report.requireClean();
        assertThat(report.lost()).isEqualTo(1);
    }

    @Test
    void keysThatAreWrittenAreRefused() throws Exception {
        wrote(Operation.write(1, "k", 1, 0, 10));
        assertThatThrownBy(() -> judged(100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("judge such a history as a whole");
    }

    /** Reads find any version of the last ten, so that many of them are wrong. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void partsShowWhatTheWholeShows(long seed) throws Exception {
        List<Operation> operations = random(new SplittableRandom(seed), 30_000);
        HistoryReport whole = options(HistoryChecker.builder().shownPerRule(Integer.MAX_VALUE))
                .build()
                .check(History.of(operations.toArray(Operation[]::new)));
        Set<Operation> wrong = wrong(whole);
        assertThat(wrong).hasSizeGreaterThan(100);

        Set<Operation> wrongInParts = new HashSet<>();
        long duplicates = 0;
        long reads = 0;
        operations.sort(Comparator.comparingLong(Operation::endNanos));
        int next = 0;
        for (long until = 500; next < operations.size(); until += 500) {
            int from = next;
            long untilNanos = until * 1_000_000;
            while (next < operations.size() && operations.get(next).endNanos() <= untilNanos) {
                next++;
            }
            wrote(List.copyOf(operations.subList(from, next)));
            for (Operation begun : operations.subList(next, operations.size())) {
                if (begun.startNanos() <= untilNanos && begun.kind().changesSource()) {
                    begun(begun);
                }
            }
            HistoryReport part = windows.next(
                    files(), options(HistoryChecker.builder().shownPerRule(Integer.MAX_VALUE)), untilNanos);
            wrongInParts.addAll(wrong(part));
            duplicates += part.duplicateLoads();
            reads += part.reads();
        }
        assertThat(without(wrong, wrongInParts)).as("not found in parts").isEmpty();
        assertThat(without(wrongInParts, wrong))
                .as("found in parts alone")
                .allMatch(operation -> operation.kind() == Kind.LOAD);
        assertThat(duplicates).isGreaterThanOrEqualTo(whole.duplicateLoads());
        assertThat(reads).isEqualTo(whole.reads());
        assertThat(windows.remembered()).isLessThan(operations.size() / 5);
    }

    private static Set<Operation> without(Set<Operation> some, Set<Operation> others) {
        Set<Operation> left = new HashSet<>(some);
        left.removeAll(others);
        return left;
    }

    private static Set<Operation> wrong(HistoryReport report) {
        Set<Operation> wrong = new HashSet<>();
        report.violations().stream()
                .map(violation -> violation.operations().get(0))
                .forEach(wrong::add);
        return wrong;
    }

    private static HistoryChecker.Builder options(HistoryChecker.Builder builder) {
        return builder.failover(new Interval(20_000_000_000L, 25_000_000_000L));
    }

    private static List<Operation> random(SplittableRandom random, int count) {
        List<Operation> operations = new ArrayList<>();
        long[] newest = new long[5];
        long[] free = new long[5];
        for (int i = 0; i < count; i++) {
            long start = i * 2L;
            int key = random.nextInt(newest.length);
            int process = random.nextInt(3);
            long end = start + 1 + random.nextInt(40);
            int what = random.nextInt(100);
            if (what < 4 && start > free[key]) {
                free[key] = end;
                Kind kind = random.nextInt(10) == 0 ? Kind.REMOVE : Kind.CHANGE;
                Outcome outcome = random.nextInt(10) == 0 ? OUTCOMES.get(random.nextInt(4)) : Outcome.APPLIED;
                operations.add(of(process, kind, key, ++newest[key], start, end).withOutcome(outcome));
            } else if (what < 6) {
                operations.add(of(process, Kind.INVALIDATE, key, 0, start, end));
            } else if (what < 16) {
                operations.add(of(process, Kind.LOAD, key, newest[key], start, end + random.nextInt(1_000))
                        .withLife(Duration.ofMillis(800)));
            } else {
                long version = Math.max(0, newest[key] - Math.max(0, random.nextInt(40) - 30));
                operations.add(of(process, Kind.READ, key, version, start, end));
            }
        }
        return operations;
    }

    private static Operation of(int process, Kind kind, int key, long version, long start, long end) {
        return new Operation(
                process,
                key,
                kind,
                "k" + key,
                version,
                Operation.FOR_EVER,
                start * 1_000_000,
                end * 1_000_000,
                Tier.LOCAL,
                Outcome.APPLIED,
                false);
    }

    private HistoryReport judged(long until) throws IOException {
        return windows.next(files(), HistoryChecker.builder(), until * 1_000_000);
    }

    private HistoryReport judgedAfterFailover(long until) throws IOException {
        Interval failover = new Interval(50_000_000, 200_000_000);
        return windows.next(files(), HistoryChecker.builder().failover(failover), until * 1_000_000);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void wrote(Operation... operations) throws IOException {
        wrote(List.of(operations));
    }

    private void wrote(List<Operation> operations) throws IOException {
        Map<Integer, ByteArrayOutputStream> lines = new HashMap<>();
        for (Operation operation : operations) {
            lines.computeIfAbsent(operation.process(), process -> new ByteArrayOutputStream())
                    .writeBytes(HistoryFile.ended(operation, 0));
        }
        for (Map.Entry<Integer, ByteArrayOutputStream> ofProcess : lines.entrySet()) {
            append(
                    file(ofProcess.getKey()),
                    ofProcess.getValue().toByteArray(),
                    0,
                    ofProcess.getValue().size());
        }
    }

    private void begun(Operation operation) throws IOException {
        byte[] line = HistoryFile.begun(
                new Operation(
                        operation.process(),
                        operation.thread(),
                        operation.kind(),
                        operation.key(),
                        operation.version(),
                        operation.lifeMillis(),
                        operation.startNanos(),
                        Operation.NEVER_ENDED,
                        null,
                        Outcome.UNKNOWN,
                        false),
                0);
        append(file(operation.process()), line, 0, line.length);
    }

    private Path file(int process) throws IOException {
        Path file = folder.resolve(Integer.toString(process));
        if (!Files.exists(file)) {
            Files.writeString(file, HistoryFile.header(process, 0), StandardCharsets.UTF_8);
        }
        return file;
    }

    private static void append(Path file, byte[] line, int from, int to) throws IOException {
        Files.write(file, Arrays.copyOfRange(line, from, to), StandardOpenOption.APPEND);
    }

    private static Operation change(int process, long version, long start, long end) {
        return Operation.change(process, "k", version, start * 1_000_000, end * 1_000_000);
    }

    private static Operation load(int process, long start, long end) {
        return Operation.load(process, "k", start < 2_000 ? 1 : 2, start * 1_000_000, end * 1_000_000)
                .withLife(Duration.ofSeconds(1));
    }

    private static Operation read(int process, long version, long start, long end) {
        return Operation.read(process, "k", version, start * 1_000_000, end * 1_000_000, Tier.LOCAL);
    }
}
