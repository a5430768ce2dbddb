package io.cacheservice.internal.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private static final int KEYS = 40;

    private final HeldCopies copies = new HeldCopies();

    @Test
    void whereNothingIsHeldNothingIsPicked() {
        assertThat(copies.pick()).isNull();
    }

    @Test
    void everyCopyIsPickedAndNoneMuchMoreOftenThanOthers() {
        for (int i = 0; i < KEYS; i++) {
            copies.hold("k" + i);
        }
        Map<String, Integer> picks = new TreeMap<>();
        for (int i = 0; i < 100 * KEYS; i++) {
            picks.merge(HeldCopies.keyOf(Objects.requireNonNull(copies.pick())), 1, Integer::sum);
        }

        assertThat(picks).hasSize(KEYS);
        assertThat(picks.values()).allMatch(count -> count > 50 && count < 200);
    }

    @Test
    void aCopyWhoseKeyChangedIsNotPicked() {
        copies.hold("k");
        copies.change("k");

        assertThat(copies.pick()).isNull();
    }

    @Test
    void aCopyThatNobodyVouchesForIsPickedForMaxStalenessOnly() {
        copies.hold("k");
        copies.advanceUnheard(HeldCopies.MAX_STALENESS);
        assertThat(copies.pick()).isNotNull();

        copies.advanceUnheard(Duration.ofNanos(1));
        assertThat(copies.pick()).isNull();
    }

    @Test
    void whatALoadGaveAndRedisDidNotTakeIsNotPicked() {
        copies.holdUnstored("k");

        assertThat(copies.pick()).isNull();
    }

    @Test
    void aPickedCopyThatAnotherHasReplacedIsNotUsable() {
        copies.hold("k");
        Sample sample = Objects.requireNonNull(copies.pick());
        assertThat(sample.isUsable(copies.now())).isTrue();

        copies.hold("k");

        assertThat(sample.isUsable(copies.now())).isFalse();
    }
}
