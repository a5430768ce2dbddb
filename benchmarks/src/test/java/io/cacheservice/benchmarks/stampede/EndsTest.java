package io.cacheservice.benchmarks.stampede;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cacheservice.benchmarks.harness.Metric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndsTest {
    private static final Duration LIFE = Duration.ofSeconds(1);
    private static final Span FIRST = millis(0, 50);

    private static Span millis(long begin, long end) {
        return new Span(TimeUnit.MILLISECONDS.toNanos(begin), TimeUnit.MILLISECONDS.toNanos(end));
    }

    private static Ends ends(List<Span> loads, List<Span> calls, long stoppedMillis) {
        return Ends.of(new Outcome(loads, calls, ""), LIFE, TimeUnit.MILLISECONDS.toNanos(stoppedMillis));
    }

    @Test
    void loadsThatBeginCloseToEachOtherBelongToOneEnd() {
        List<Span> loads =
                List.of(FIRST, millis(2_130, 2_180), millis(1_050, 1_100), millis(1_060, 1_110), millis(1_070, 1_120));

        assertThat(ends(loads, List.of(), 3_000).metrics())
                .containsEntry(Metric.ENDS, 2.0)
                .containsEntry(Metric.LOADS_PER_END, 2.0);
    }

    @Test
    void theLoadsOfTheFirstValueAreNoEnd() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        ends(List.of(FIRST, millis(1, 51)), List.of(), 3_000).metrics())
                .withMessageContaining("no life ended within the slice");
    }

    @Test
    void anEndThatTheCallersWereNotThereForDoesNotCount() {
        assertThat(ends(List.of(FIRST, millis(1_050, 1_100), millis(2_100, 2_150)), List.of(), 2_200)
                        .metrics())
                .containsEntry(Metric.ENDS, 1.0);
    }

    @Test
    void theReadsAroundAnEndAreThoseThatBeginWithinAQuarterOfALifeOfItsLoads() {
        List<Span> loads = List.of(FIRST, millis(1_050, 1_100));
        List<Span> calls = List.of(
                millis(0, 90), millis(700, 780), millis(1_050, 1_110), millis(1_090, 1_110), millis(1_400, 1_500));

        assertThat(ends(loads, calls, 3_000).metrics())
                .containsEntry(Metric.LONGEST_READ_MILLIS, 60.0)
                .containsEntry(Metric.WAITING_READS_PER_END, 1.0);
    }
}
