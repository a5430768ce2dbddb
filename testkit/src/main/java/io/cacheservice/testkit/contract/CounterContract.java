package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters. */
abstract class CounterContract extends TierContract {
    @Test
    void aCounterBeginsAtZero() {
        assertThat(service().increment("n", 5, LIFE)).isEqualTo(5);
        assertThat(service().increment("n", 2, LIFE)).isEqualTo(7);
    }

    @Test
    void aNegativeDeltaCountsDown() {
        service().increment("n", 5, LIFE);

        assertThat(service().increment("n", -8, LIFE)).isEqualTo(-3);
    }

    @Test
    void aDeltaOfZeroReadsOrBegins() {
        assertThat(service().increment("n", 0, LIFE)).isZero();
        assertThat(text(service().get("n"))).isEqualTo("0");
    }

    @Test
    void aReadSeesTheCounterAsDecimalText() {
        service().increment("n", -1234, LIFE);

        assertThat(text(service().get("n"))).isEqualTo("-1234");
        assertThat(text(service().lookup("n").valueOrNull())).isEqualTo("-1234");
        assertThat(text(service().getAll(List.of("n")).get("n"))).isEqualTo("-1234");
    }

    @Test
    void theEndsOfTheRangeCanBeReached() {
        assertThat(service().increment("top", Long.MAX_VALUE, LIFE)).isEqualTo(Long.MAX_VALUE);
        assertThat(service().increment("bottom", Long.MIN_VALUE, LIFE)).isEqualTo(Long.MIN_VALUE);
        assertThat(text(service().get("bottom"))).isEqualTo("-9223372036854775808");
    }

    @Test
    void aSumOverTheRangeIsRefusedAndChangesNothing() {
        service().increment("n", Long.MAX_VALUE - 1, LIFE);

        assertThatThrownBy(() -> service().increment("n", 2, LIFE))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("n");
        assertThat(service().increment("n", 1, LIFE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSumUnderTheRangeIsRefusedAndChangesNothing() {
        service().increment("n", Long.MIN_VALUE + 1, LIFE);

        assertThatThrownBy(() -> service().increment("n", -2, LIFE)).isInstanceOf(CacheException.class);
        assertThat(service().increment("n", -1, LIFE)).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "12", ""})
    void aSetValueIsNotACounter(String value) {
        service().set("my-key", bytes(value), LIFE);

        assertThatThrownBy(() -> service().increment("my-key", 1, LIFE))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("my-key")
                .hasMessageContaining("counter");
        assertThat(text(service().get("my-key"))).isEqualTo(value);
    }

    @Test
    void aCounterLivesForTheTtlOfItsFirstIncrement() {
        service().increment("n", 1, Duration.ofSeconds(10));
        advance(Duration.ofSeconds(5));
        service().increment("n", 1, LIFE);
        advanceToTheLastMomentOf(Duration.ofSeconds(5));
        assertThat(text(service().get("n"))).isEqualTo("2");
        advanceToTheEnd();
        assertThat(service().get("n")).isNull();
    }

    @Test
    void anExpiredCounterBeginsAgain() {
        service().increment("n", 7, Duration.ofSeconds(10));
        advance(Duration.ofSeconds(10));

        assertThat(service().increment("n", 1, LIFE)).isEqualTo(1);
    }

    @Test
    void aDeletedCounterBeginsAgain() {
        service().increment("n", 7, LIFE);
        service().delete("n");

        assertThat(service().increment("n", 1, LIFE)).isEqualTo(1);
    }

    @Test
    void anExpiredValueGivesWayToACounter() {
        service().set("n", bytes("text"), SECOND);
        advance(SECOND);

        assertThat(service().increment("n", 1, LIFE)).isEqualTo(1);
    }

    @Test
    void setReplacesACounter() {
        service().increment("n", 7, LIFE);
        service().set("n", bytes("text"), LIFE);

        assertThat(text(service().get("n"))).isEqualTo("text");
    }

    @Test
    void setIfAbsentLeavesACounter() {
        service().increment("n", 7, LIFE);

        assertThat(service().setIfAbsent("n", bytes("text"), LIFE)).isFalse();
        assertThat(service().increment("n", 1, LIFE)).isEqualTo(8);
    }

    @Test
    void getAndDeleteTakesACounterAsText() {
        service().increment("n", 7, LIFE);

        assertThat(text(service().getAndDelete("n"))).isEqualTo("7");
        assertThat(service().increment("n", 1, LIFE)).isEqualTo(1);
    }

    @Test
    void aLoaderIsNotAskedForACounter() {
        service().increment("n", 7, LIFE);

        assertThat(text(service().get("n", LIFE, key -> bytes("loaded")))).isEqualTo("7");
        assertThat(service().increment("n", 1, LIFE)).isEqualTo(8);
    }

    @Test
    void aCounterKnowsItsRemainingLife() {
        service().increment("n", 1, Duration.ofSeconds(100));
        advance(Duration.ofSeconds(90));

        assertThat(hit(service().lookup("n")).remaining().orElseThrow())
                .isBetween(
                        Duration.ofSeconds(10).minus(tier().clockTolerance()),
                        Duration.ofSeconds(10).plus(MILLISECOND));
    }
}
