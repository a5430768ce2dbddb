package io.cacheservice.redis.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.histories.RunOptions.Topology;
import io.cacheservice.testkit.history.HistoryReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@link HistoriesRun}: some of the faults, chosen by a fixed seed. */
class HistoriesTest {
    @ParameterizedTest
    @EnumSource
    void noPromiseIsBrokenWhileServersLinksAndProcessesFail(Topology topology) throws Exception {
        HistoriesRun run = new HistoriesRun(RunOptions.brief(topology, 1), System.out);
        HistoryReport report = run.run();
        report.requireClean();
        assertThat(run.undocumented())
                .as("errors of other kinds than documented")
                .isEmpty();
        assertThat(report.reads()).isGreaterThan(10_000);
    }
}
