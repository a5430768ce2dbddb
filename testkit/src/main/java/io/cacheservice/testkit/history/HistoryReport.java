package io.cacheservice.testkit.history;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a checker found in a history.
 *
 * @param operations how many there were
 * @param reads how many of them were reads that were answered
 * @param localReads how many of those were answered by the memory of their process
 * @param unknown of how many writes, deletes and flushes it is not known whether they took effect
 * @param failed how many operations failed
 * @param lost how many accepted writes, deletes and invalidations the master after a failover did not have
 * @param loads how often the source was asked for a key
 * @param duplicateLoads how many of those began while another process was loading the same version
 * @param violationCount how often a rule was broken
 * @param violations the first of them, of each rule some, the earliest first
 * @param staleness how old the answers were
 */
public record HistoryReport(
        long operations,
        long reads,
        long localReads,
        long unknown,
        long failed,
        long lost,
        long loads,
        long duplicateLoads,
        long violationCount,
        List<Violation> violations,
        StalenessDistribution staleness) {
    /** Copies the list. */
    public HistoryReport {
        violations = List.copyOf(violations);
    }

    /** This report and that of another part of the same run. */
    public HistoryReport and(HistoryReport other) {
        StalenessDistribution both = new StalenessDistribution();
        both.addAll(staleness);
        both.addAll(other.staleness);
        return new HistoryReport(
                operations + other.operations,
                reads + other.reads,
                localReads + other.localReads,
                unknown + other.unknown,
                failed + other.failed,
                lost + other.lost,
                loads + other.loads,
                duplicateLoads + other.duplicateLoads,
                violationCount + other.violationCount,
                Stream.concat(violations.stream(), other.violations.stream()).toList(),
                both);
    }

    /** Whether no rule was broken. */
    public boolean isClean() {
        return violationCount == 0;
    }

    /**
     * Does nothing if no rule was broken.
     *
     * @throws AssertionError otherwise, saying what was
     */
    public void requireClean() {
        if (!isClean()) {
            throw new AssertionError(this);
        }
    }

    /** The whole of it, in a few lines and one for each violation. */
    @Override
    public String toString() {
        String summary = String.format(
                Locale.ROOT,
                "%d operations, %d reads (%.1f %% local), %d unknown, %d failed, %d lost, %d loads (%d duplicate)%n"
                        + "staleness: %s%n%d violations",
                operations,
                reads,
                reads == 0 ? 0.0 : 100.0 * localReads / reads,
                unknown,
                failed,
                lost,
                loads,
                duplicateLoads,
                staleness,
                violationCount);
        if (isClean()) {
            return summary;
        }
        Map<Rule, Long> shown =
                violations.stream().collect(Collectors.groupingBy(Violation::rule, Collectors.counting()));
        return summary + ", of which are shown " + shown + ":\n"
                + violations.stream().map(v -> "- " + v).collect(Collectors.joining("\n"));
    }
}
