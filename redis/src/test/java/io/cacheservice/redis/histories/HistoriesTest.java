package io.cacheservice.redis.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.histories.RunOptions.Topology;
import io.cacheservice.testkit.history.HistoryReport;
import io.cacheservice.testkit.history.Rule;
import io.cacheservice.testkit.history.Violation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@link HistoriesRun}: some of the faults, chosen by a fixed seed. Histories that show a violation stay. */
class HistoriesTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @ParameterizedTest
    @EnumSource
    void noPromiseIsBrokenWhileServersLinksAndProcessesFail(Topology topology) throws Exception {
        HistoriesRun run = new HistoriesRun(RunOptions.brief(topology, 1), System.out);
        HistoryReport report = run.runIn(folder);
        report.requireClean();
        assertThat(run.undocumented())
                .as("errors of other kinds than documented")
                .isEmpty();
        assertThat(report.reads()).isGreaterThan(10_000);
    }

    @Test
    void nothingStaleIsInstalledWhileLoadersAndAllElseFail() throws Exception {
        HistoriesRun run =
                new HistoriesRun(RunOptions.brief(Topology.STANDALONE, 1).loading(), System.out);
        HistoryReport report = run.runIn(folder);
        report.requireClean();
        assertThat(run.undocumented())
                .as("errors of other kinds than documented")
                .isEmpty();
        assertThat(report.loads()).isGreaterThan(1_000);
    }

    @Test
    void valuesThatAreReadPastTheCacheAndPutIntoItAreFound() throws Exception {
        HistoriesRun run = new HistoriesRun(
                RunOptions.parse(
                        "--loads",
                        "--naive-fills",
                        // less than an older value stays before the row is changed again: with more, chance decides
                        // what is found
                        "--max-staleness",
                        "300",
                        "--jvms",
                        "2",
                        "--threads",
                        "6",
                        "--operations",
                        "10k",
                        "--rate",
                        "1k",
                        "--faults",
                        "none"),
                System.out);
        HistoryReport report = run.runIn(folder);
        assertThat(report.violations())
                .extracting(Violation::rule)
                .contains(Rule.BOUNDED_STALENESS, Rule.ONE_LOAD, Rule.ONE_LOAD_IN_A_PROCESS);
    }

    @Test
    void copiesThatHearOfNoChangeAreFound() throws Exception {
        HistoriesRun run = new HistoriesRun(
                RunOptions.parse(
                        "--jvms",
                        "2",
                        "--threads",
                        "2",
                        "--operations",
                        "5k",
                        "--rate",
                        "500",
                        "--faults",
                        "none",
                        "--deaf-copies",
                        "3000"),
                System.out);
        HistoryReport report = run.runIn(folder);
        assertThat(report.violations()).extracting(Violation::rule).contains(Rule.BOUNDED_STALENESS, Rule.EXPIRY);
        assertThat(report.localReads()).isPositive();
    }
}
