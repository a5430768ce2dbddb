package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.RandomInputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryLifeTest {
    private static final EntryLife LIFE = new EntryLife(100, 500, 530);

    @ParameterizedTest(name = "with {0} ms to go: fresh {1}, stale {2}")
    @CsvSource({"530, 100, 500", "431, 1, 401", "430, 0, 400", "31, 0, 1", "30, 0, 0", "0, 0, 0", "-1, -1, -1"})
    void whatRemainsFollowsFromTheTimeThatRedisReports(long remaining, long fresh, long stale) {
        assertThat(LIFE.freshRemainingMillis(remaining)).isEqualTo(fresh);
        assertThat(LIFE.staleRemainingMillis(remaining)).isEqualTo(stale);
    }

    @Test
    void anEndlessEntryIsFreshForEver() {
        assertThat(EntryLife.of(EntryLife.FOR_EVER).freshRemainingMillis(EntryLife.FOR_EVER))
                .isEqualTo(EntryLife.FOR_EVER);
        assertThat(EntryLife.of(EntryLife.FOR_EVER).isForEver()).isTrue();
    }

    @Test
    void anEndlessEntryThatSomebodyGaveAnEndHasThatEnd() {
        EntryLife endless = EntryLife.of(EntryLife.FOR_EVER);
        assertThat(endless.freshRemainingMillis(70)).isEqualTo(70);
        assertThat(endless.staleRemainingMillis(70)).isEqualTo(70);
    }

    @Test
    void aKeyThatIsGoneHasNoRemainingLife() {
        assertThatThrownBy(() -> LIFE.freshRemainingMillis(-2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-2 ms");
    }

    @ParameterizedTest
    @CsvSource({"-1, 5, 5", "6, 5, 5", "1, 6, 5", "0, 0, 0", "-1, -1, 5", "5, 5, -1", "1, 1, 281474976710655"})
    void aLifeOutOfOrderIsRefused(long fresh, long stale, long kept) {
        assertThatThrownBy(() -> new EntryLife(fresh, stale, kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kept " + kept + " ms");
    }

    @Test
    void freshNeverOutlivesStaleAndStaleNeverOutlivesTheKey() {
        RandomInputs.forAll(1_000, any -> {
            long fresh = any.between(0, 1L << 46);
            long stale = fresh + any.between(0, 1L << 46);
            EntryLife life = new EntryLife(fresh, stale, stale + any.between(1, 1L << 46));
            long remaining = any.between(0, 1L << 48);
            assertThat(life.freshRemainingMillis(remaining)).isBetween(0L, life.staleRemainingMillis(remaining));
            assertThat(life.staleRemainingMillis(remaining)).isBetween(0L, remaining);
        });
    }

    @Test
    void aChangedLifeLeavesAgeAndFallbackTrue() {
        RandomInputs.forAll(1_000, any -> {
            long fresh = any.between(0, 1L << 40);
            long stale = fresh + any.between(0, 1L << 40);
            EntryLife before = new EntryLife(fresh, stale, stale + any.between(1, 1L << 40));
            long age = any.between(0, 1L << 40);
            long wanted = any.between(1, 1L << 40);

            EntryLife after = before.changed(age, wanted);

            long remaining = wanted + before.keptMillis() - before.freshMillis();
            assertThat(after.freshRemainingMillis(remaining)).isEqualTo(wanted);
            assertThat(after.staleRemainingMillis(remaining)).isEqualTo(wanted + stale - fresh);
            assertThat(after.keptMillis() - remaining).isEqualTo(age);
        });
    }

    @Test
    void anEndIsGivenToAnEndlessLifeAndTakenFromOneWithAnEnd() {
        EntryLife endless = EntryLife.of(EntryLife.FOR_EVER);

        assertThat(endless.changed(0, 70)).isEqualTo(EntryLife.of(70));
        assertThat(LIFE.changed(3, EntryLife.FOR_EVER)).isEqualTo(endless);
    }
}
