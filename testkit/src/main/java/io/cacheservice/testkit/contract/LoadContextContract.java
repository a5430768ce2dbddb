package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.ContextLoader;
import io.cacheservice.LoadContext;
import io.cacheservice.SourceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a load may know of the value it replaces, and decide of the new one. */
abstract class LoadContextContract extends TierContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Queue<ContextLoader<String, String>> loads = new ArrayDeque<>();
    private final List<Optional<String>> previous = new ArrayList<>();
    private final List<Optional<String>> validators = new ArrayList<>();

    /** The next loads, in order; what they are told is noted. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private CacheBuilder<String, String> loading(ContextLoader<String, String>... inOrder) {
        loads.addAll(List.of(inOrder));
        return diced("t").ttl(LIFE).failSafe(LIFE).softTimeout(MINUTE).loader(this::next);
    }

    private synchronized @Nullable String next(String key, LoadContext<String> context) throws Exception {
        previous.add(context.previous());
        validators.add(context.previousValidator());
        return loads.remove().load(key, context);
    }

    private static ContextLoader<String, String> valued(String value, String validator) {
        return (key, context) -> {
            context.validator(validator);
            return value;
        };
    }

    @Test
    void atTheFirstLoadThereWasNothingBefore() {
        loading((key, context) -> "value").open().get("k");

        assertThat(previous).containsExactly(Optional.empty());
        assertThat(validators).containsExactly(Optional.empty());
    }

    @Test
    void aReloadIsToldTheValueAndTheValidatorBefore() {
        Cache<String, String> cache =
                loading(valued("first", "v1"), valued("second", "v2")).open();
        cache.get("k");
        advance(LIFE);

        assertThat(cache.get("k")).isEqualTo("second");
        assertThat(previous).containsExactly(Optional.empty(), Optional.of("first"));
        assertThat(validators).containsExactly(Optional.empty(), Optional.of("v1"));
    }

    @Test
    void aReloadOfWhatHasNotExpiredIsToldItToo() {
        Cache<String, String> cache =
                loading(valued("first", "v1"), valued("second", "v2")).open();
        cache.get("k");
        cache.refresh("k");

        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo("second"));
        assertThat(validators).containsExactly(Optional.empty(), Optional.of("v1"));
    }

    @Test
    void aValidatorGoesWithTheValueItCameWith() {
        Cache<String, String> cache = loading(
                        valued("first", "v1"), (key, context) -> "second", (key, context) -> "third")
                .open();
        cache.get("k");
        advance(LIFE);
        cache.get("k");
        advance(LIFE);
        cache.get("k");

        assertThat(validators).containsExactly(Optional.empty(), Optional.of("v1"), Optional.empty());
    }

    @Test
    void notModifiedRenewsTheLifeOfTheValueBefore() {
        Cache<String, String> cache = loading(
                        valued("first", "v1"),
                        (key, context) -> context.notModified(),
                        (key, context) -> context.notModified())
                .open();
        cache.get("k");
        advance(LIFE);

        assertThat(cache.get("k")).isEqualTo("first");
        assertThat(cache.lookup("k").stale()).isFalse();
        assertLife(cache.lookup("k"), LIFE);
        advance(LIFE);
        assertThat(cache.get("k")).isEqualTo("first");
        assertThat(validators).containsExactly(Optional.empty(), Optional.of("v1"), Optional.of("v1"));
    }

    @Test
    void notModifiedMayComeWithAnotherValidatorAndAnotherLife() {
        Cache<String, String> cache = loading(
                        valued("first", "v1"),
                        (key, context) -> {
                            context.validator("v2");
                            context.ttl(MINUTE);
                            return context.notModified();
                        },
                        (key, context) -> "third")
                .open();
        cache.get("k");
        advance(LIFE);
        cache.get("k");
        assertLife(cache.lookup("k"), MINUTE);
        advance(MINUTE);
        cache.get("k");

        assertThat(validators).containsExactly(Optional.empty(), Optional.of("v1"), Optional.of("v2"));
    }

    @Test
    void notModifiedWithoutAValueBeforeIsAnErrorOfTheLoader() {
        Cache<String, String> cache =
                loading((key, context) -> context.notModified()).open();

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("notModified()");
    }

    @Test
    void theLifeThatALoaderNamesIsExact() {
        dice.fallOn(0.9);
        Cache<String, String> cache = loading((key, context) -> {
                    context.ttl(MINUTE);
                    return "value";
                })
                .open();
        cache.get("k");

        assertLife(cache.lookup("k"), MINUTE);
    }

    @Test
    void itMayBeLongerThanThePolicys() {
        Cache<String, String> cache = loading((key, context) -> {
                    context.ttl(LIFE.multipliedBy(3));
                    return "value";
                })
                .open();
        cache.get("k");
        advance(LIFE.multipliedBy(2));

        assertThat(cache.getIfPresent("k")).isEqualTo("value");
    }

    @Test
    void thatThereIsNoneMayHaveALifeOfItsOwnToo() {
        Cache<String, String> cache = loading((key, context) -> {
                    context.ttl(MINUTE);
                    return null;
                })
                .nullTtl(LIFE)
                .open();
        cache.get("k");

        assertThat(cache.lookup("k").valueOrNull()).isNull();
        assertLife(cache.lookup("k"), MINUTE);
    }

    @Test
    void whatIsNotToBeCachedIsGivenAndNotKept() {
        Cache<String, String> cache = loading((key, context) -> {
                    context.doNotCache();
                    return "once";
                })
                .open();

        assertThat(cache.get("k")).isEqualTo("once");
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void aLoaderKnowsHowLongItMayTake() {
        List<Duration> left = new ArrayList<>();
        loading((key, context) -> {
                    left.add(context.timeLeft());
                    return "value";
                })
                .loadTimeout(MINUTE)
                .open()
                .get("k");

        assertThat(left).singleElement().satisfies(time -> assertThat(time).isBetween(MILLISECOND, MINUTE));
    }

    @Test
    void aValidatorThatCannotBeKeptIsAnErrorOfTheLoader() {
        Cache<String, String> cache = loading(valued("value", "v\n1")).open();

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("validator");
    }
}
