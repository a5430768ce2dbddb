package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheSerializationException;
import io.cacheservice.EntryOptions;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.SourceException;
import io.cacheservice.WriteOutcome;
import io.cacheservice.spi.ValueCodec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Typed caches without waiting. */
abstract class AsyncCacheContract extends TierContract {
    @Test
    void whatIsPutIsReadAndInvalidated() {
        Cache<String, String> cache = openTexts("t");

        assertThat(cache.async().put("k", "value").join()).isEqualTo(WriteOutcome.APPLIED);
        assertThat(cache.async().get("k").join()).isEqualTo("value");
        assertThat(cache.get("k")).isEqualTo("value");
        assertThat(cache.async().invalidate("k").join()).isEqualTo(WriteOutcome.APPLIED);
        assertThat(cache.async().get("k").join()).isNull();
    }

    @Test
    void loadersFillTheCache() {
        Cache<String, String> cache =
                texts("t").ttl(LIFE).loader(key -> "loaded " + key).open();

        assertThat(cache.async().get("a").join()).isEqualTo("loaded a");
        assertThat(cache.async().get("b", key -> "of the call").join()).isEqualTo("of the call");
        assertThat(cache.async().get("c", ReadOptions.noLoad()).join()).isNull();
        assertThat(cache.async().lookup("a").join().valueOrNull()).isEqualTo("loaded a");
    }

    @Test
    void batchesKeepOrderAndReportOutcomes() {
        Cache<String, String> cache = openTexts("t");

        assertThat(cache.async().putAll(Map.of("a", "1", "b", "2")).join().applied())
                .isEqualTo(2);
        assertThat(cache.async().getAll(List.of("b", "nobody", "a")).join())
                .containsExactly(Map.entry("b", "2"), Map.entry("a", "1"));
        assertThat(cache.async().lookupAll(List.of("b", "nobody")).join().values())
                .extracting(Lookup::isHit)
                .containsExactly(true, false);
        assertThat(cache.async().invalidateAll(List.of("a", "b")).join().complete())
                .isTrue();
        assertThat(cache.getAll(List.of("a", "b"))).isEmpty();
    }

    @Test
    void optionsAndPutIfAbsentMeanWhatTheyMean() {
        Cache<String, String> cache = openTexts("t");

        cache.async().put("k", "value", EntryOptions.noExpiry()).join();

        assertThat(hit(cache.lookup("k")).remaining()).isEmpty();
        assertThat(cache.async().putIfAbsent("k", "other").join()).isFalse();
        assertThat(cache.async().putIfAbsent("new", "value").join()).isTrue();
    }

    @Test
    void aFailedLoadCompletesTheFutureUnwrapped() {
        IOException cause = new IOException("no database");
        Cache<String, String> cache = texts("t")
                .loader(key -> {
                    throw cause;
                })
                .open();

        Throwable error = cache.async().get("k").handle((value, e) -> e).join();

        assertThat(error).isInstanceOf(SourceException.class).cause().isSameAs(cause);
    }

    @Test
    void aValueThatCannotBeWrittenCompletesTheFutureUnwrapped() {
        ValueCodec<String> broken = new ValueCodec<>() {
            @Override
            public int id() {
                return 204;
            }

            @Override
            public byte[] encode(String value) throws IOException {
                throw new IOException("cannot write that");
            }

            @Override
            public String decode(byte[] bytes, int offset, int length) {
                return "";
            }
        };
        Cache<String, String> cache =
                service().cache("t", String.class).codec(broken).open();

        Throwable error =
                cache.async().put("k", "value").handle((value, e) -> e).join();

        assertThat(error).isInstanceOf(CacheSerializationException.class);
    }

    @Test
    void cancellingOneCallersFutureCancelsNobodyElse() throws Exception {
        GatedLoader<String, String> loader = new GatedLoader<>(key -> "loaded");
        Cache<String, String> cache = texts("t").ttl(LIFE).loader(loader).open();
        var first = cache.async().get("k");
        var second = cache.async().get("k");
        loader.awaitEntered();

        assertThat(first.cancel(true)).isTrue();
        loader.open();

        assertThat(second.join()).isEqualTo("loaded");
        assertThat(cache.getIfPresent("k")).isEqualTo("loaded");
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void aHitCompletedByHandForgesNothing() {
        Cache<String, String> cache = openTexts("t");
        cache.put("k", "value");
        var mine = cache.async().get("k");
        mine.obtrudeValue("forged");

        assertThat(cache.async().get("k").join()).isEqualTo("value");
    }
}
