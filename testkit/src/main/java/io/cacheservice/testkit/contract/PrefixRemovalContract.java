package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheClosedException;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removing every byte entry whose key begins with a prefix. */
abstract class PrefixRemovalContract extends TierContract {
    private static final PrefixRemovalOptions AT_ONCE =
            PrefixRemovalOptions.defaults().withKeysPerSecond(0);
    private static final PrefixRemovalOptions SLOWLY =
            PrefixRemovalOptions.defaults().withKeysPerSecond(1);

    private static void tellNobody(PrefixRemovalReport soFar) {}

    private static PrefixRemovalReport removed(long keys) {
        return new PrefixRemovalReport(keys, 0, 0, Map.of(), List.of());
    }

    private List<String> fill(String prefix, int count) {
        List<String> keys = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
        keys.forEach(key -> service().set(key, bytes("v"), LIFE));
        return keys;
    }

    @Test
    void everyKeyThatBeginsSoIsRemovedAndNoOther() {
        List<String> cities = fill("city:", 1_250);
        List<String> others = fill("country:", 50);
        Cache<String, String> typed = openTexts("city");
        typed.put("1", "of a typed cache");

        PrefixRemovalReport report = service().deleteByPrefix("city:", AT_ONCE, PrefixRemovalContract::tellNobody);

        assertThat(report).isEqualTo(removed(1_250));
        assertThat(report.complete()).isTrue();
        assertThat(service().getAll(cities)).isEmpty();
        assertThat(service().getAll(others)).hasSameSizeAs(others);
        assertThat(typed.getIfPresent("1")).isEqualTo("of a typed cache");
    }

    @Test
    void whatWasReadBeforeIsReadNoMore() {
        List<String> keys = fill("city:", 20);
        assertThat(service().getAll(keys)).hasSize(20);

        service().deleteByPrefix("city:");

        assertThat(service().getAll(keys)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "a?", "a[b-c]", "a\\", "{a}", "\u00e9", "^", "a"})
    void aPrefixStandsForItselfOnly(String prefix) {
        service().set(prefix + "1", bytes("v"), LIFE);
        List<String> others = List.of("b" + prefix, "xyz", "*", "[", "\\");
        others.forEach(key -> service().set(key, bytes("v"), LIFE));
        if (!prefix.equals("a")) {
            service().set("ab1", bytes("v"), LIFE);
        }

        assertThat(service().deleteByPrefix(prefix)).isEqualTo(removed(1));

        assertThat(service().get(prefix + "1")).isNull();
        assertThat(service().getAll(others)).hasSameSizeAs(others);
        assertThat(service().get("ab1") != null).isEqualTo(!prefix.equals("a"));
    }

    @Test
    void aKeyThatIsThePrefixItselfIsRemoved() {
        service().set("city", bytes("v"), LIFE);

        assertThat(service().deleteByPrefix("city")).isEqualTo(removed(1));
    }

    @Test
    void whereNothingBeginsSoNothingIsRemoved() {
        fill("city:", 3);

        assertThat(service().deleteByPrefix("nowhere:")).isEqualTo(removed(0));
    }

    @Test
    void theEmptyPrefixIsRefusedWithHowToMeanIt() {
        fill("city:", 3);

        assertThatThrownBy(() -> service().deleteByPrefix(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all byte entries would be removed")
                .hasMessageContaining("withEveryKey");
        assertThat(service().get("city:1")).isNotNull();
    }

    @Test
    void theEmptyPrefixRemovesEveryByteEntryWhereThatIsMeant() {
        fill("city:", 3);
        Cache<String, String> typed = openTexts("t");
        typed.put("1", "of a typed cache");

        assertThat(service().deleteByPrefix("", AT_ONCE.withEveryKey(), PrefixRemovalContract::tellNobody))
                .isEqualTo(removed(3));

        assertThat(typed.getIfPresent("1")).isEqualTo("of a typed cache");
    }

    @Test
    void aPrefixThatNoKeyCanBeginWithIsRefused() {
        assertThatThrownBy(() -> service().async().deleteByPrefix("\ud800", AT_ONCE, PrefixRemovalContract::tellNobody))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void aListenerIsToldHowFarItIsByOneThreadAtATime() {
        fill("city:", 250);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Long> done = new CopyOnWriteArrayList<>();

        service().deleteByPrefix("city:", AT_ONCE.withKeysPerSecond(100_000), soFar -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            done.add(soFar.done());
            inside.decrementAndGet();
        });

        assertThat(done).isSorted().last().isEqualTo(250L);
        assertThat(most).hasValue(1);
    }

    @Test
    void whatAListenerThrowsEndsTheRemoval() {
        fill("city:", 10);

        assertThatThrownBy(() -> service().deleteByPrefix("city:", SLOWLY, soFar -> {
                    throw new IllegalStateException("enough");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
        assertThat(service()
                        .deleteByPrefix("city:", AT_ONCE, PrefixRemovalContract::tellNobody)
                        .removed())
                .isEqualTo(9);
    }

    @Test
    void cancellingEndsItAndWhatIsLeftStays() {
        fill("city:", 10);
        Told told = new Told();
        var removal = service().async().deleteByPrefix("city:", SLOWLY, told);
        told.await();

        removal.cancel(false);

        assertThat(removal).isCancelled();
        assertThat(service()
                        .deleteByPrefix("city:", AT_ONCE, PrefixRemovalContract::tellNobody)
                        .removed())
                .isBetween(8L, 9L);
    }

    @Test
    void interruptingTheCallerEndsIt() throws Exception {
        fill("city:", 10);
        Told told = new Told();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                service().deleteByPrefix("city:", SLOWLY, told);
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        caller.start();
        told.await();

        caller.interrupt();
        caller.join(20_000);

        assertThat(failure.get()).hasMessageContaining("interrupted");
        assertThat(service()
                        .deleteByPrefix("city:", AT_ONCE, PrefixRemovalContract::tellNobody)
                        .removed())
                .isBetween(8L, 9L);
    }

    @Test
    void itEndsWithTheService() {
        fill("city:", 10);
        Told told = new Told();
        CompletableFuture<PrefixRemovalReport> removal = service().async().deleteByPrefix("city:", SLOWLY, told);
        told.await();

        service().close();

        assertThat(removal)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(CacheClosedException.class);
    }

    @Test
    void aLoadThatBeganBeforeIsGivenAndNotKept() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("old"));
        var reading = service().async().get("city:1", LIFE, loader);
        loader.awaitEntered();

        service().deleteByPrefix("city:");
        loader.open();

        assertThat(text(reading.get())).isEqualTo("old");
        assertThat(service().get("city:1")).isNull();
    }

    @Test
    void aLoadOfAnotherKeyIsKept() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("new"));
        var reading = service().async().get("country:1", LIFE, loader);
        loader.awaitEntered();

        service().deleteByPrefix("city:");
        loader.open();

        assertThat(text(reading.get())).isEqualTo("new");
        assertThat(text(service().get("country:1"))).isEqualTo("new");
    }

    @Test
    void whatIsRemovedIsCounted() {
        fill("city:", 20);

        service().deleteByPrefix("city:");

        assertThat(service().stats().removals()).isEqualTo(20);
    }

    /** A listener that a test can wait for. */
    private static final class Told implements Consumer<PrefixRemovalReport> {
        private final CountDownLatch once = new CountDownLatch(1);

        @Override
        public void accept(PrefixRemovalReport soFar) {
            once.countDown();
        }

        void await() {
            Awaitility.await("told of the first keys").until(() -> once.getCount() == 0);
        }
    }
}
