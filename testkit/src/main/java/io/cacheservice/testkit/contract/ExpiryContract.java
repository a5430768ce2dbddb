package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An entry lives exactly as long as it was given. */
abstract class ExpiryContract extends TierContract {
    private static final Duration A_CENTURY = Duration.ofDays(365L * 100);

    private void assertLives(Duration life) {
        advanceToTheLastMomentOf(life);
        assertThat(service().get("k")).as("a moment before its end").isNotNull();
        advanceToTheEnd();
        assertThat(service().get("k")).as("at its end").isNull();
    }

    @Test
    void anEntryIsThereUntilItsTtlIsOver() {
        service().set("k", bytes("value"), Duration.ofSeconds(30));
        assertLives(Duration.ofSeconds(30));
    }

    @Test
    void anEntryOfOptionsLivesForTheTtlTheyName() {
        service().set("k", bytes("value"), EntryOptions.ttl(Duration.ofSeconds(30)));
        assertLives(Duration.ofSeconds(30));
    }

    @Test
    void anEntryWithoutATtlLivesForTheDefault() {
        service().set("k", bytes("value"));
        assertLives(service().config().defaultTtl());
    }

    @Test
    void defaultOptionsMeanTheDefaultLife() {
        service().set("k", bytes("value"), EntryOptions.defaults());
        assertLives(service().config().defaultTtl());
    }

    @Test
    void theDefaultLifeIsASetting() {
        CacheService brief = open(settings -> settings.defaultTtl(Duration.ofSeconds(5)));
        brief.set("k", bytes("value"));
        advanceToTheLastMomentOf(Duration.ofSeconds(5));
        assertThat(brief.get("k")).isNotNull();
        advanceToTheEnd();
        assertThat(brief.get("k")).isNull();
    }

    @Test
    void anEntryOfABatchLivesForTheTtlOfTheBatch() {
        service().setAll(Map.of("k", bytes("value")), Duration.ofSeconds(30));
        assertLives(Duration.ofSeconds(30));
    }

    @Test
    void aLoadedEntryLivesForTheTtlOfTheCall() {
        service().get("k", Duration.ofSeconds(30), key -> bytes("value"));
        assertLives(Duration.ofSeconds(30));
    }

    @Test
    void settingAgainBeginsANewLife() {
        service().set("k", bytes("first"), Duration.ofSeconds(30));
        advance(Duration.ofSeconds(20));
        service().set("k", bytes("second"), Duration.ofSeconds(30));
        assertLives(Duration.ofSeconds(30));
    }

    @Test
    void aShorterLifeTakesThePlaceOfALongerOne() {
        service().set("k", bytes("first"), A_CENTURY);
        service().set("k", bytes("second"), Duration.ofSeconds(30));
        assertLives(Duration.ofSeconds(30));
    }

    @Test
    void readingDoesNotProlongALife() {
        service().set("k", bytes("value"), Duration.ofSeconds(30));
        advance(Duration.ofSeconds(20));
        service().get("k");
        service().lookup("k");
        advance(Duration.ofSeconds(10));

        assertThat(service().get("k")).isNull();
    }

    @Test
    void anEntryWithoutExpiryStaysForACentury() {
        service().set("k", bytes("value"), EntryOptions.noExpiry());
        advance(A_CENTURY.minus(Duration.ofDays(365)));

        assertThat(text(service().get("k"))).isEqualTo("value");
    }

    @Test
    void theLongestLifeIsAccepted() {
        service().set("k", bytes("value"), A_CENTURY);
        advance(A_CENTURY.minus(Duration.ofDays(365)));

        assertThat(text(service().get("k"))).isEqualTo("value");
    }

    @Test
    void anExpiredEntryIsAbsentForEveryCall() {
        service().set("k", bytes("value"), SECOND);
        EntryVersion version = hit(service().lookup("k")).version().orElseThrow();
        advance(SECOND);

        assertThat(service().lookup("k").isHit()).isFalse();
        assertThat(service().getAll(List.of("k"))).isEmpty();
        assertThat(service().replace("k", version, bytes("other"), LIFE)).isFalse();
        assertThat(service().getAndDelete("k")).isNull();
        assertThat(service().setIfAbsent("k", bytes("new"), LIFE)).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> aLifeOfZeroIsRefusedWithTheRemedy() {
        return refused(Duration.ZERO);
    }

    @TestFactory
    Stream<DynamicTest> aNegativeLifeIsRefusedWithTheRemedy() {
        return refused(Duration.ofMillis(-1));
    }

    @TestFactory
    Stream<DynamicTest> aLifeUnderAMillisecondIsRefusedWithTheRemedy() {
        return refused(Duration.ofNanos(999_999));
    }

    @TestFactory
    Stream<DynamicTest> aLifeOverACenturyIsRefusedWithTheRemedy() {
        return refused(A_CENTURY.plusMillis(1));
    }

    private Stream<DynamicTest> refused(Duration ttl) {
        return calls(ttl).entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    assertThatThrownBy(() -> call.getValue().call())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(ttl.toString())
                            .hasMessageContaining("noExpiry");
                    assertThat(service().get("k")).as("nothing was stored").isNull();
                }));
    }

    private Map<String, Callable<?>> calls(Duration ttl) {
        byte[] value = bytes("value");
        EntryVersion version = EntryVersion.parse("1");
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        calls.put("set", () -> service().set("k", value, ttl));
        calls.put("options", () -> service().set("k", value, EntryOptions.ttl(ttl)));
        calls.put("get with loader", () -> service().get("k", ttl, key -> value));
        calls.put("setAll", () -> service().setAll(Map.of("k", value), ttl));
        calls.put("setIfAbsent", () -> service().setIfAbsent("k", value, ttl));
        calls.put("replace", () -> service().replace("k", version, value, ttl));
        calls.put("increment", () -> service().increment("k", 1, ttl));
        calls.put(
                "async set, at once",
                () -> service().async().set("k", value, ttl).join());
        calls.put("a cache's ttl", () -> texts("t").ttl(ttl).open());
        calls.put("a cache's nullTtl", () -> texts("t").ttl(LIFE).nullTtl(ttl).open());
        return calls;
    }
}
