package io.cacheservice.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChaosTest {
    private static final ChaosPlan MIXED =
            ChaosPlan.none().failing(0.2).delaying(0.1, Duration.ofMillis(5)).vanishing(0.3);

    @Test
    void theSameSeedHasTheSameTroubles() {
        assertThat(troubles(Chaos.seeded(7), 1_000)).isEqualTo(troubles(Chaos.seeded(7), 1_000));
        assertThat(troubles(Chaos.seeded(7), 1_000)).isNotEqualTo(troubles(Chaos.seeded(8), 1_000));
    }

    @Test
    void troublesAreAsFrequentAsThePlanSaysAndCounted() {
        Chaos chaos = Chaos.seeded(7);
        List<Trouble> seen = troubles(chaos, 20_000);

        assertThat(chaos.count(Trouble.FAILED)).isBetween(3_800L, 4_200L);
        assertThat(chaos.count(Trouble.DELAYED)).isBetween(1_800L, 2_200L);
        assertThat(chaos.count(Trouble.VANISHED)).isBetween(5_800L, 6_200L);
        assertThat(chaos.count(Trouble.CORRUPTED)).isZero();
        assertThat(chaos.count(Trouble.NONE))
                .isEqualTo(seen.stream().filter(Trouble.NONE::equals).count());
    }

    @Test
    void nothingHappensBeforeTheBeginningAndAfterTheEnd() {
        Chaos chaos = Chaos.seeded(1);
        assertThat(chaos.next().trouble()).isEqualTo(Trouble.NONE);

        chaos.begin(ChaosPlan.none().failing(1));
        assertThat(chaos.next().trouble()).isEqualTo(Trouble.FAILED);

        chaos.end();
        assertThat(chaos.next().trouble()).isEqualTo(Trouble.NONE);
    }

    @Test
    void plansTakeTurnsByTheClockFromTheBeginningOn() {
        ManualTime time = new ManualTime();
        Chaos chaos = Chaos.seeded(1, time);
        time.advance(Duration.ofHours(1));
        chaos.begin(
                ChaosPlan.none().failing(1).between(Duration.ofSeconds(2), Duration.ofSeconds(3)),
                ChaosPlan.none().vanishing(1).between(Duration.ofSeconds(1), Duration.ofSeconds(4)));

        List<Trouble> seen = Stream.generate(() -> {
                    Trouble now = chaos.next().trouble();
                    time.advance(Duration.ofSeconds(1));
                    return now;
                })
                .limit(5)
                .toList();

        assertThat(seen)
                .containsExactly(Trouble.NONE, Trouble.VANISHED, Trouble.FAILED, Trouble.VANISHED, Trouble.NONE);
    }

    /** What a tier does by itself where nobody overrides it would be lost, and with it what the tier inside does. */
    @Test
    void nothingThatATierCanDoIsLeftOut() {
        assertThat(RemoteTier.class.getMethods())
                .allSatisfy(method -> assertThat(
                                ChaosTier.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .isNotNull());
    }

    private static List<Trouble> troubles(Chaos chaos, int calls) {
        chaos.begin(MIXED);
        return Stream.generate(() -> chaos.next().trouble()).limit(calls).toList();
    }
}
