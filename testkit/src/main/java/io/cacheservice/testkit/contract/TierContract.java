package io.cacheservice.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheServiceBuilder;
import io.cacheservice.Lookup;
import io.cacheservice.SourceException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the parts of the contract share: a fresh tier for each test, a service on it, and words for values. */
@Timeout(60)
abstract class TierContract {
    /** A life that no test reaches by accident. */
    static final Duration LIFE = Duration.ofMinutes(10);

    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MILLISECOND = Duration.ofMillis(1);

    private TierFixture fixture;
    private @Nullable CacheService service;
    private @Nullable CacheService diced;

    /** What the service of {@link #diced} throws: zero, until a test says otherwise. */
    final Dice dice = new Dice();

    /** The tier under test, empty. */
    protected abstract TierFixture openFixture();

    @BeforeEach
    final void openTheTier() {
        fixture = openFixture();
    }

    @AfterEach
    final void closeTheTier() {
        fixture.close();
    }

    final TierFixture tier() {
        return fixture;
    }

    /** The service with default settings, opened at the first call, on whatever thread. */
    final synchronized CacheService service() {
        if (service == null) {
            service = open(settings -> settings);
        }
        return service;
    }

    final CacheService open(UnaryOperator<CacheConfig.Builder> settings) {
        return fixture.open(settings.apply(CacheConfig.builder()), seams -> {});
    }

    final CacheService openWith(Consumer<CacheServiceBuilder> seams) {
        return fixture.open(CacheConfig.builder(), seams);
    }

    /** The service that throws {@link #dice}: with zero no life is shortened, and pauses after failures are none. */
    final synchronized CacheService dicedService() {
        if (diced == null) {
            diced = openWith(seams -> seams.random(dice));
        }
        return diced;
    }

    final void advance(Duration duration) {
        fixture.advance(duration);
    }

    /** Moves to the last moment at which an entry of {@code life}, written just now, must still be there. */
    final void advanceToTheLastMomentOf(Duration life) {
        advance(life.minus(MILLISECOND).minus(fixture.clockTolerance()));
    }

    /**
     * Moves past the moment for which the failure of a load is remembered, and again until {@code read} answers: it may have
     * come to Redis only afterwards.
     */
    final <T> T onceForgotten(Callable<T> read) {
        return Awaitility.await()
                .ignoreExceptionsInstanceOf(SourceException.class)
                .until(
                        () -> {
                            advance(SECOND);
                            return read.call();
                        },
                        value -> true);
    }

    /** The shortest life of an entry that is loaded under a policy of {@code life}. */
    static Duration shortest(Duration life) {
        return life.multipliedBy(9).dividedBy(10);
    }

    /** Moves from the end of {@link #shortest} to a moment at which every entry of that policy must be gone. */
    final void advanceFromTheShortestToTheEndOf(Duration life) {
        advance(life.dividedBy(10).plus(MILLISECOND));
        advanceToTheEnd();
    }

    /** Moves from {@link #advanceToTheLastMomentOf} to the first moment at which that entry must be gone. */
    final void advanceToTheEnd() {
        advance(MILLISECOND.plus(fixture.clockTolerance()));
    }

    final CacheBuilder<String, String> texts(String name) {
        return service().cache(name, String.class).codec(new TextCodec());
    }

    final CacheBuilder<String, String> diced(String name) {
        return dicedService().cache(name, String.class).codec(new TextCodec());
    }

    final Cache<String, String> openTexts(String name) {
        return texts(name).ttl(LIFE).open();
    }

    /** That {@code lookup} found an entry that was given {@code life} just now. */
    final void assertLife(Lookup<?> lookup, Duration life) {
        assertThat(hit(lookup).remaining().orElseThrow())
                .isBetween(life.minus(fixture.clockTolerance()), life.plus(MILLISECOND));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    /** The hit that {@code lookup} is; fails when there is none. */
    static <V> Lookup.Hit<V> hit(Lookup<V> lookup) {
        if (lookup instanceof Lookup.Hit<V> found) {
            return found;
        }
        throw new AssertionError("expected a hit, but was " + lookup);
    }
}
