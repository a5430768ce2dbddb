package io.cacheservice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.Measurement;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.RunRecord;
import io.cacheservice.benchmarks.harness.Spread;
import io.cacheservice.benchmarks.report.Aim.Against;
import io.cacheservice.benchmarks.report.Aim.Bound;
import io.cacheservice.benchmarks.report.Aim.Figure;
import io.cacheservice.benchmarks.report.Aim.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class AimTest {
    private static final Metric RATE = Metric.OPERATIONS_PER_SECOND;
    private static final RunRecord RUN = new RunRecord(
            JsonNodeFactory.instance.objectNode(),
            List.of(
                    line("few", "ours", 150, Map.of("theirs", 1.6)),
                    line("few", "theirs", 100, Map.of("theirs", 1.0)),
                    line("few", "third", 130, Map.of("theirs", 1.2)),
                    line("many", "ours", 400, Map.of())));

    @Test
    void aRatioWithinACaseIsTheMedianOfTheRoundsAndNotThatOfTheMedians() {
        assertThat(verdict("few", new Against.Subject("few", "theirs"), Bound.AT_LEAST, 1.6))
                .isEqualTo(new Verdict("1.60 x `theirs`", true));
    }

    @Test
    void aRatioToAnotherCaseIsThatOfTheMedians() {
        assertThat(verdict("many", new Against.Subject("few", "theirs"), Bound.AT_LEAST, 4.5))
                .isEqualTo(new Verdict("4.00 x `theirs`", false));
    }

    @Test
    void theBestOfTheOthersIsTheHighestOrTheLowestAsTheBoundSays() {
        assertThat(verdict("few", new Against.BestBut(List.of("ours")), Bound.AT_LEAST, 1))
                .isEqualTo(new Verdict("1.15 x `third`", true));
        assertThat(verdict("few", new Against.BestBut(List.of("ours")), Bound.AT_MOST, 1))
                .isEqualTo(new Verdict("1.50 x `theirs`", false));
    }

    @Test
    void withoutABaselineTheFigureItselfCounts() {
        assertThat(verdict("few", new Against.Nothing(), Bound.AT_MOST, 150))
                .isEqualTo(new Verdict("150 (ops/s)", true));
    }

    @Test
    void whatWasNotMeasuredHasNoVerdict() {
        assertThat(aim("none", new Against.Nothing(), Bound.AT_MOST, 1).in(RUN)).isEmpty();
        assertThat(aim("few", new Against.Subject("few", "absent"), Bound.AT_MOST, 1)
                        .in(RUN))
                .isEmpty();
    }

    private static Verdict verdict(String caseName, Against against, Bound bound, double limit) {
        return aim(caseName, against, bound, limit).in(RUN).orElseThrow();
    }

    private static Aim aim(String caseName, Against against, Bound bound, double limit) {
        return new Aim("fast", "suite", new Figure(caseName, "ours", RATE), against, bound, limit);
    }

    private static Measurement line(String caseName, String subject, double value, Map<String, Double> ratios) {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        ratios.forEach((baseline, ratio) -> spreads.put(baseline, Spread.of(List.of(ratio))));
        return new Measurement(caseName, subject, RATE, Spread.of(List.of(value)), spreads);
    }
}
