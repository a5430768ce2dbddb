package io.cacheservice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void theSummarySaysWhatTheSourceWasSparedByItsOwnCount() {
        Report counted = report(Map.of(Count.LOCAL, 900L, Count.LOADED, 100L, Count.QUERIES, 120L));

        List<String> lines = Summary.lines(List.of(new PhaseResult(Phase.ALL_UP, 10_000, counted)), 110);

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("all is there", "10.0", "100", "90.0 %"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(
                                "Without the cache: 1,000 queries of the source. With it: 110, as the database counted."
                                        + " Saved: 890 (89.0 %)."))
                .noneSatisfy(line -> assertThat(line).startsWith("in all"));
    }

    @Test
    void severalPhasesAreAddedUp() {
        Report before = report(Map.of(Count.LOCAL, 10L));
        Report away = report(Map.of(Count.STALE, 6L, Count.FAILED, 4L));

        List<String> lines = Summary.lines(
                List.of(new PhaseResult(Phase.ALL_UP, 1_000, before), new PhaseResult(Phase.SOURCE_AWAY, 1_000, away)),
                0);

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("source away").contains("60.0 %", "40.0 %"))
                .anySatisfy(line -> assertThat(line).startsWith("in all").contains("50.0 %", "30.0 %", "20.0 %"));
    }

    private static Report report(Map<Count, Long> counts) {
        return new Report(counts, Report.NONE.latencies(), Standing.NONE);
    }
}
