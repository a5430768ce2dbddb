package io.cacheservice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.server.demo.FaultResult.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulationTextTest {
    private static final Report COUNTED =
            new Report(Map.of(Count.LOCAL, 900L, Count.LOADED, 100L), Report.NONE.latencies(), Standing.NONE);

    private static final Report FAILED =
            new Report(Map.of(Count.LOCAL, 8L, Count.FAILED, 2L), Report.NONE.latencies(), failing());

    @Test
    void theSummarySaysThatNobodyGotAnErrorWhereThatIsSo() {
        FaultResult result = result(0, Optional.of(Duration.ofMillis(300)));

        List<String> lines = SimulationText.summary(List.of(result), COUNTED);

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("drip ")
                        .contains(" 90.0 % ", " 1 of 4, 3 off ", " 17 ")
                        .endsWith(" 0.3 s"))
                .endsWith("Of 1,000 reads none ended with an error.");
    }

    @Test
    void anErrorOfAReaderAndAnEndWithoutRecoveryAreNoGoodEnds() {
        FaultResult failed = result(2, Optional.of(Duration.ZERO));
        FaultResult stillAway = result(0, Optional.empty());

        List<String> lines = SimulationText.summary(List.of(failed, stillAway), FAILED);

        assertThat(lines)
                .contains("Of 10 reads 2 ended with an error, such as no answer")
                .endsWith("After 1 of the faults not all was normal again when time was up.");
    }

    @Test
    void theWorstIsTheFewestConnectionsAndTheMostThatWait() {
        Worst worst =
                Worst.NONE.or(standing(4, 4, 0, 3)).or(standing(2, 1, 1, 0)).or(standing(4, 3, 0, 9));

        assertThat(worst).isEqualTo(new Worst(2, 1, 1, 9));
    }

    @Test
    void bothAreAnsweredSinceTheLaterOfThemIs() {
        Standing both = answered(5).plus(answered(7));

        assertThat(both.answeredSinceMillis()).isEqualTo(7);
        assertThat(both.hasAnswers()).isTrue();
        assertThat(both.plus(answered(Standing.NOT_ANSWERED)).hasAnswers()).isFalse();
    }

    private static FaultResult result(long failed, Optional<Duration> normalAfter) {
        return new FaultResult("drip", 1_000, COUNTED, new Worst(4, 1, 3, 17), failed, normalAfter);
    }

    private static Standing standing(int connections, int connected, int tripped, int journaled) {
        return new Standing(0, connections, connected, tripped, journaled, 0, 0, "");
    }

    private static Standing failing() {
        return new Standing(0, 0, 0, 0, 0, 0, 0, "no answer");
    }

    private static Standing answered(long sinceMillis) {
        return new Standing(0, 0, 0, 0, 0, sinceMillis, 0, "");
    }
}
