package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.AsyncCacheService;
import io.cacheservice.CacheException;
import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import io.cacheservice.RefreshOutcome;
import io.cacheservice.SourceException;
import io.cacheservice.WriteOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bytes without waiting: every call means what its blocking namesake means. */
abstract class AsyncServiceContract extends TierContract {
    private AsyncCacheService async() {
        return service().async();
    }

    @Test
    void whatIsSetIsReadAndDeleted() {
        assertThat(async().set("k", bytes("value"), LIFE).join()).isEqualTo(WriteOutcome.APPLIED);
        assertThat(async().get("k").join()).isEqualTo(bytes("value"));
        assertThat(text(service().get("k"))).isEqualTo("value");
        assertThat(async().delete("k").join()).isEqualTo(WriteOutcome.APPLIED);
        assertThat(async().get("k").join()).isNull();
    }

    @Test
    void writesWithoutATtlAndWithOptionsAreWrites() {
        async().set("plain", bytes("1")).join();
        async().set("typed", bytes("2"), EntryOptions.noExpiry().withContentType("text/plain"))
                .join();

        assertThat(text(service().get("plain"))).isEqualTo("1");
        assertThat(hit(async().lookup("typed").join()).contentType()).contains("text/plain");
    }

    @Test
    void aLoaderFillsTheCache() {
        assertThat(async().get("k", LIFE, key -> bytes("loaded")).join()).isEqualTo(bytes("loaded"));
        assertThat(text(service().get("k"))).isEqualTo("loaded");
    }

    @Test
    void aSourceFillsTheCache() {
        service().source("k", key -> bytes("loaded"));

        assertThat(async().get("k").join()).isEqualTo(bytes("loaded"));
    }

    @Test
    void batchesKeepOrderAndReportOutcomes() {
        assertThat(async().setAll(Map.of("a", bytes("1"), "b", bytes("2")), LIFE)
                        .join()
                        .applied())
                .isEqualTo(2);
        assertThat(async().getAll(List.of("b", "nobody", "a")).join().keySet()).containsExactly("b", "a");
        assertThat(async().deleteAll(List.of("a", "b")).join().complete()).isTrue();
        assertThat(async().getAll(List.of("a", "b")).join()).isEmpty();
    }

    @Test
    void atomicCallsAnswerAsTheirNamesakes() {
        assertThat(async().setIfAbsent("k", bytes("1"), LIFE).join()).isTrue();
        assertThat(async().setIfAbsent("k", bytes("2"), LIFE).join()).isFalse();
        EntryVersion seen = hit(async().lookup("k").join()).version().orElseThrow();
        assertThat(async().replace("k", seen, bytes("3"), LIFE).join()).isTrue();
        assertThat(async().replace("k", seen, bytes("4"), LIFE).join()).isFalse();
        assertThat(async().getAndDelete("k").join()).isEqualTo(bytes("3"));
        assertThat(async().increment("n", 2, LIFE).join()).isEqualTo(2);
    }

    @Test
    void preWarmAndRefreshAnswerAsTheirNamesakes() {
        service().source("k*", key -> bytes("loaded"));

        assertThat(async().preWarm(List.of("k1", "k2"), (soFar, total) -> {})
                        .join()
                        .loaded())
                .isEqualTo(2);
        assertThat(async().refreshProbabilistic("k1", SECOND, 1).join()).isEqualTo(RefreshOutcome.FRESH);
    }

    @Test
    void aFailedLoadCompletesTheFutureUnwrapped() {
        IOException cause = new IOException("no database");
        CompletableFuture<?> failed = async().get("k", LIFE, key -> {
            throw cause;
        });

        Throwable error = failed.handle((value, e) -> e).join();

        assertThat(error).isInstanceOf(SourceException.class).cause().isSameAs(cause);
    }

    @Test
    void aRefusedCallCompletesTheFutureUnwrapped() {
        service().set("k", bytes("text"), LIFE);

        Throwable error =
                async().increment("k", 1, LIFE).handle((value, e) -> e).join();

        assertThat(error).isInstanceOf(CacheException.class);
    }

    @Test
    void aCallReturnsBeforeItsLoadHasEnded() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));

        CompletableFuture<?> reading = async().get("k", LIFE, loader);
        loader.awaitEntered();
        assertThat(reading).isNotDone();
        loader.open();

        assertThat(reading.join()).isEqualTo(bytes("value"));
    }

    @Test
    void cancellingOneCallersFutureCancelsNobodyElse() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));
        var first = async().get("k", LIFE, loader);
        var second = async().get("k", LIFE, loader);
        loader.awaitEntered();

        assertThat(first.cancel(true)).isTrue();
        assertThat(second).isNotDone();
        loader.open();

        assertThat(second.join()).isEqualTo(bytes("value"));
        assertThat(text(service().get("k"))).isEqualTo("value");
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void completingACallersFutureByHandChangesNobodyElse() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));
        var first = async().get("k", LIFE, loader);
        var second = async().get("k", LIFE, loader);
        loader.awaitEntered();

        first.complete(bytes("forged"));
        loader.open();

        assertThat(second.join()).isEqualTo(bytes("value"));
        assertThat(text(service().get("k"))).isEqualTo("value");
    }

    @Test
    void aLoadWhoseCallersAllCancelledLeavesTheKeyUsable() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("first"));
        var only = async().get("k", LIFE, loader);
        loader.awaitEntered();
        only.cancel(true);
        var next = async().get("k", LIFE, key -> bytes("second"));
        loader.open();

        assertThat(text(next.join())).isIn("first", "second");
        assertThat(text(service().get("k"))).isEqualTo(text(next.join()));
    }
}
