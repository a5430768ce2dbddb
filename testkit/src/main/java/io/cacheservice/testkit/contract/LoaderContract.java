package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.Loader;
import io.cacheservice.SourceException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Cache-aside: a read that brings its loader. */
abstract class LoaderContract extends TierContract {
    private final RecordingLoader<String, byte[]> loader = new RecordingLoader<>(key -> bytes("loaded " + key));

    @Test
    void anAbsentValueIsLoadedAndKept() {
        assertThat(text(service().get("k", LIFE, loader))).isEqualTo("loaded k");
        assertThat(text(service().get("k"))).isEqualTo("loaded k");
        assertThat(text(service().get("k", LIFE, loader))).isEqualTo("loaded k");
        assertThat(loader.keys()).containsExactly("k");
    }

    @Test
    void aValueThatIsThereIsNotLoaded() {
        service().set("k", bytes("set"), LIFE);

        assertThat(text(service().get("k", LIFE, loader))).isEqualTo("set");
        assertThat(loader.calls()).isZero();
    }

    @Test
    void anExpiredValueIsLoadedAgain() {
        service().get("k", SECOND, loader);
        advance(SECOND);
        service().get("k", SECOND, loader);

        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void aDeletedValueIsLoadedAgain() {
        service().get("k", LIFE, loader);
        service().delete("k");
        service().get("k", LIFE, loader);

        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void thatTheSourceHasNoneIsNotKept() {
        RecordingLoader<String, byte[]> nothing = new RecordingLoader<>(key -> null);

        assertThat(service().get("k", LIFE, nothing)).isNull();
        assertThat(service().get("k", LIFE, nothing)).isNull();
        assertThat(nothing.calls()).isEqualTo(2);
        assertThat(service().lookup("k").isHit()).isFalse();
    }

    @Test
    void anEmptyValueIsKept() {
        service().get("k", LIFE, key -> new byte[0]);

        assertThat(service().get("k")).isNotNull().isEmpty();
    }

    @Test
    void aFailureNamesTheKeyAndItsCause() {
        IOException cause = new IOException("no database");

        assertThatThrownBy(() -> service().get("k", LIFE, key -> {
                    throw cause;
                }))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.key()).isEqualTo("k"))
                .hasMessageContaining("'k'")
                .cause()
                .isSameAs(cause);
    }

    @Test
    void anErrorOfTheLoaderIsAFailureToo() {
        NoClassDefFoundError cause = new NoClassDefFoundError("driver");

        assertThatThrownBy(() -> service().get("k", LIFE, key -> {
                    throw cause;
                }))
                .isInstanceOf(SourceException.class)
                .cause()
                .isSameAs(cause);
    }

    @Test
    void aFailureIsRememberedForAMoment() {
        Loader<String, byte[]> failing = key -> {
            throw new IOException("no database");
        };
        assertThatThrownBy(() -> service().get("k", LIFE, failing)).isInstanceOf(SourceException.class);

        assertThat(service().get("k")).isNull();
        assertThatThrownBy(() -> service().get("k", LIFE, loader))
                .isInstanceOf(SourceException.class)
                .hasRootCauseMessage("no database");
        assertThat(loader.calls()).isZero();
        assertThat(onceForgotten(() -> text(service().get("k", LIFE, loader)))).isEqualTo("loaded k");
    }

    @Test
    void aLoaderMayReadOtherKeys() {
        service().set("part", bytes("p"), LIFE);

        byte[] whole =
                service().get("whole", LIFE, key -> bytes("[" + text(service().get("part")) + "]"));

        assertThat(text(whole)).isEqualTo("[p]");
    }

    @Test
    void aLoaderMayLoadOtherKeys() {
        byte[] whole =
                service().get("whole", LIFE, key -> bytes("[" + text(service().get("part", LIFE, loader)) + "]"));

        assertThat(text(whole)).isEqualTo("[loaded part]");
        assertThat(text(service().get("part"))).isEqualTo("loaded part");
    }

    @Test
    void loadersRunOnTheServicesExecutor() {
        AtomicReference<String> thread = new AtomicReference<>();
        Executor executor = task -> {
            Thread worker = new Thread(task, "the executor's");
            worker.setDaemon(true);
            worker.start();
        };
        CacheService service = openWith(seams -> seams.executor(executor));

        service.get("k", LIFE, key -> {
            thread.set(Thread.currentThread().getName());
            return bytes("value");
        });

        assertThat(thread).hasValue("the executor's");
    }

    @Test
    void theContextOfTheCallerIsCarriedToTheLoader() {
        ThreadLocal<String> user = new ThreadLocal<>();
        CacheService service = openWith(seams -> seams.contextCarrier(task -> {
            String caller = user.get();
            return () -> {
                user.set(caller);
                try {
                    task.run();
                } finally {
                    user.remove();
                }
            };
        }));
        user.set("alice");

        assertThat(text(service.get("k", LIFE, key -> bytes("for " + user.get()))))
                .isEqualTo("for alice");
    }

    @Test
    void aLoaderThatReadsItsOwnKeyIsToldInsteadOfWaitingForItself() {
        AtomicReference<Cache<String, String>> self = new AtomicReference<>();
        Cache<String, String> cache = texts("recursive")
                .loader(key -> "seen " + Objects.requireNonNull(self.get()).get(key))
                .open();
        self.set(cache);

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .hasStackTraceContaining("waits for itself");
        assertThatThrownBy(() -> cache.getAll(List.of("k", "other"))).hasStackTraceContaining("waits for itself");
    }

    @Test
    void aLoaderMayReadOtherKeysOfItsCache() {
        AtomicReference<Cache<String, String>> self = new AtomicReference<>();
        Cache<String, String> cache = texts("chained")
                .loader(key -> key.equals("end")
                        ? "end"
                        : key + " " + Objects.requireNonNull(self.get()).get(key.equals("a") ? "b" : "end"))
                .open();
        self.set(cache);

        assertThat(cache.get("a")).isEqualTo("a b end");
    }

    @Test
    void aLoaderThatIsNullIsRefusedWhateverTheCacheHolds() {
        Cache<String, String> cache = openTexts("held");
        cache.put("k", "v");
        service().set("k", bytes("v"), LIFE);

        assertThatThrownBy(() -> cache.get("k", Nulls.<Loader<String, String>>smuggled()))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> service().get("k", LIFE, Nulls.smuggled())).isInstanceOf(NullPointerException.class);
    }
}
