package io.cacheservice.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    private static final Duration DELAY = Duration.ofMillis(5);

    @Test
    void theDiceFallIntoTheShares() {
        ChaosPlan plan = ChaosPlan.none()
                .failing(0.1)
                .delaying(0.2, DELAY)
                .corrupting(0.3)
                .vanishing(0.25);

        assertThat(plan.trouble(0)).isEqualTo(Trouble.FAILED);
        assertThat(plan.trouble(0.0999)).isEqualTo(Trouble.FAILED);
        assertThat(plan.trouble(0.1001)).isEqualTo(Trouble.DELAYED);
        assertThat(plan.trouble(0.2999)).isEqualTo(Trouble.DELAYED);
        assertThat(plan.trouble(0.3001)).isEqualTo(Trouble.CORRUPTED);
        assertThat(plan.trouble(0.5999)).isEqualTo(Trouble.CORRUPTED);
        assertThat(plan.trouble(0.6001)).isEqualTo(Trouble.VANISHED);
        assertThat(plan.trouble(0.8499)).isEqualTo(Trouble.VANISHED);
        assertThat(plan.trouble(0.8501)).isEqualTo(Trouble.NONE);
        assertThat(plan.delay()).isEqualTo(DELAY);
    }

    @Test
    void aShareOfOneIsEveryCall() {
        assertThat(ChaosPlan.none().vanishing(1).trouble(Math.nextDown(1.0))).isEqualTo(Trouble.VANISHED);
        assertThat(ChaosPlan.none().trouble(0)).isEqualTo(Trouble.NONE);
    }

    @Test
    void aPlanIsForTheTimeFromItsBeginningToBeforeItsEnd() {
        ChaosPlan plan = ChaosPlan.none().failing(1).between(Duration.ofSeconds(1), Duration.ofSeconds(3));

        assertThat(plan.covers(Duration.ofNanos(999_999_999))).isFalse();
        assertThat(plan.covers(Duration.ofSeconds(1))).isTrue();
        assertThat(plan.covers(Duration.ofNanos(2_999_999_999L))).isTrue();
        assertThat(plan.covers(Duration.ofSeconds(3))).isFalse();
        assertThat(ChaosPlan.none().covers(Duration.ofDays(9))).isTrue();
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        ChaosPlan most = ChaosPlan.none().failing(0.5).delaying(0.5, DELAY);

        assertThatThrownBy(() -> most.corrupting(0.25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.25");
        assertThatThrownBy(() -> most.vanishing(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vanishing(NaN) is refused: a share is from 0 to 1");
        assertThatThrownBy(() -> most.failing(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> most.delaying(0.1, DELAY.negated())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> most.between(DELAY, DELAY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> most.between(DELAY.negated(), DELAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tenTenthsAreAWhole() {
        ChaosPlan plan = ChaosPlan.none()
                .failing(0.1 + 0.2)
                .delaying(0.3, DELAY)
                .corrupting(0.2)
                .vanishing(0.2);

        assertThat(plan.trouble(0.9999)).isEqualTo(Trouble.VANISHED);
    }
}
