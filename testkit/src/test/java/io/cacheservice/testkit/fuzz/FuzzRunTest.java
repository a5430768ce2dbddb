package io.cacheservice.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.fuzz.LengthPrefixed.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FuzzRunTest {
    private static final int INPUTS = 50_000;

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "NONE", mode = Mode.EXCLUDE)
    void aPlantedFaultIsFoundAndItsIndexRepeatsIt(Fault fault) throws Exception {
        FuzzReport report = run(fault, 0, INPUTS);

        assertThat(report.failures()).hasSize(1);
        FuzzFailure found = report.failures().get(0);
        if (fault == Fault.ROOM_FIRST) {
            // measured only once classes are loaded, so not of a single input
            assertThat(found.what()).hasMessageContaining("it allocated more than");
        } else {
            FuzzReport again = run(fault, found.index(), 1);
            assertThat(again.failures()).hasSize(1);
            assertThat(again.failures().get(0).input()).isEqualTo(found.input());
            assertThat(again.failures().get(0).kind()).isEqualTo(found.kind());
        }
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() throws Exception {
        FuzzReport report = run(Fault.NONE, 0, INPUTS);

        assertThat(report.failures()).isEmpty();
        assertThat(report.inputs()).isEqualTo(INPUTS);
        assertThat(report.acceptedPercent()).isBetween(20, 80);
    }

    @Test
    void inputsFollowFromSeedTargetAndIndexAlone() {
        assertThat(inputs(1, "a")).isEqualTo(inputs(1, "a"));
        assertThat(inputs(1, "a")).isNotEqualTo(inputs(2, "a")).isNotEqualTo(inputs(1, "b"));
        assertThat(inputs(1, "a").stream().distinct().count()).isGreaterThan(600);
    }

    @Test
    void aFailureAtTheEndIsAFailureOfTheRun() throws Exception {
        FuzzTarget leaking = new FuzzTarget() {
            @Override
            public String name() {
                return "leaking";
            }

            @Override
            public int share() {
                return 1;
            }

            @Override
            public boolean take(FuzzInput input) {
                return true;
            }

            @Override
            public void close() {
                throw new AssertionError("something is left");
            }
        };

        FuzzReport report = FuzzRun.run(leaking, 1, 0, 10, Long.MAX_VALUE / 2, (inputs, failed) -> {});

        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.what()).hasMessage("something is left"));
    }

    private static FuzzReport run(Fault fault, long from, long count) throws InterruptedException {
        return FuzzRun.run(new LengthPrefixed(fault), 1, from, count, Long.MAX_VALUE / 2, (inputs, failed) -> {});
    }

    private static List<String> inputs(long seed, String target) {
        Corpus corpus = Corpus.ofTexts(List.of("host = localhost:6379", "port = 1"), List.of("%"));
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            inputs.add(FuzzInput.of(seed, target, i).mutatedText(corpus));
        }
        return inputs;
    }
}
