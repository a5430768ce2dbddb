package io.cacheservice.redis.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static Growth sampled(IntToLongFunction threads) {
        Growth growth = new Growth("JVM 1");
        IntStream.range(0, 100)
                .mapToObj(i -> new Vitals(Map.of("threads", threads.applyAsLong(i))))
                .forEach(growth::add);
        return growth;
    }

    @Test
    void aFigureThatStaysHasNotGrown() {
        assertThat(sampled(i -> 23 + i % 2).grown()).isEmpty();
    }

    @Test
    void aFigureThatRisesAllTheTimeHasGrown() {
        Growth growth = sampled(i -> 100 + i);

        assertThat(growth.grown()).containsExactly("JVM 1 threads");
        assertThat(growth.lines()).hasSize(1).first().asString().contains("x 1.41", "largest             199");
    }

    @Test
    void whatRisesAtTheStartOnlyHasNotGrown() {
        assertThat(sampled(i -> Math.min(i, 20)).grown()).isEmpty();
    }

    @Test
    void oneHighSampleIsNoGrowth() {
        assertThat(sampled(i -> i == 95 ? 1_000_000 : 23).grown()).isEmpty();
    }

    @Test
    void whatComesOutOfNothingHasGrown() {
        assertThat(sampled(i -> i < 80 ? 0 : 1).grown()).containsExactly("JVM 1 threads");
    }

    @Test
    void vitalsAreReadAsTheyWereWritten() throws Exception {
        Vitals vitals = Vitals.ofThisJvm();

        assertThat(Vitals.parse(vitals.text())).isEqualTo(vitals);
        assertThat(vitals.figures())
                .allSatisfy((name, value) -> assertThat(value).as(name).isNotNegative());
        assertThat(vitals.figures().get("heap_bytes")).isPositive();
        assertThat(vitals.figures().get("threads")).isPositive();
        assertThat(vitals.figures().get("handles")).isPositive();
        assertThat(vitals.figures().get("resident_bytes")).isPositive();
    }
}
