package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.SourceException;
import io.cacheservice.WriteOutcome;
import io.cacheservice.Writes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is written through a cache reaches its source, and the cache holds what the source holds, or nothing. */
abstract class SourceWritingContract extends TierContract {
    private final Table table = new Table();

    private Cache<String, String> cache(Writes writes) {
        return texts("t")
                .ttl(LIFE)
                .loader(table)
                .writer(table, writes)
                .errorTtl(Duration.ZERO)
                .open();
    }

    @Test
    void writingThroughReachesTheSourceAndTheCache() {
        Cache<String, String> cache = cache(Writes.through());

        assertThat(cache.put("k", "new")).isEqualTo(WriteOutcome.APPLIED);

        assertThat(table.row("k")).isEqualTo("new");
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(table.loads()).isZero();
    }

    @Test
    void writingAroundReachesTheSourceAndTheCacheForgets() {
        table.put("k", "old");
        Cache<String, String> cache = cache(Writes.around());
        cache.get("k");

        cache.put("k", "new");

        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void reloadingKeepsWhatTheSourceMadeOfTheValue() {
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .loader(key -> table.row(key) + ", as stored")
                .writer(table, Writes.reloading())
                .open();

        cache.put("k", "new");

        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo("new, as stored"));
    }

    @Test
    void aWriteThatTheSourceRefusesFailsAndLeavesNothingInTheCache() {
        table.put("k", "old");
        Cache<String, String> cache = cache(Writes.through());
        cache.get("k");
        table.fails(true);

        assertThatThrownBy(() -> cache.put("k", "new"))
                .isInstanceOf(SourceException.class)
                .hasRootCauseMessage("the table is locked");

        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.get("k")).isEqualTo("old");
    }

    @Test
    void afterAWriteOfTheSourceAFailureFromBeforeIsNotToldAnyMore() throws Exception {
        AtomicBoolean isLocked = new AtomicBoolean();
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .errorTtl(LIFE)
                .loader(key -> {
                    if (isLocked.get()) {
                        throw new IllegalStateException("the row is locked");
                    }
                    return table.row(key);
                })
                .writer(table, Writes.around())
                .open();
        for (String key : List.of("written", "changed")) {
            isLocked.set(true);
            assertThatThrownBy(() -> cache.get(key)).isInstanceOf(SourceException.class);
            isLocked.set(false);
            assertThatThrownBy(() -> cache.get(key)).as("it is remembered").isInstanceOf(SourceException.class);
        }

        cache.put("written", "new");
        cache.writing("changed", () -> {
            table.put("changed", "new");
            return null;
        });

        assertThat(cache.get("written")).isEqualTo("new");
        assertThat(cache.get("changed")).isEqualTo("new");
    }

    @Test
    void removingReachesTheSource() {
        table.put("k", "old");
        Cache<String, String> cache = cache(Writes.through());
        cache.get("k");

        cache.remove("k");

        assertThat(table.row("k")).isNull();
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void removingWithoutAWriterRemovesFromTheCacheOnly() {
        table.put("k", "old");
        Cache<String, String> cache = texts("t").ttl(LIFE).loader(table).open();
        cache.get("k");

        cache.remove("k");

        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(table.row("k")).isEqualTo("old");
    }

    @Test
    void manyAreWrittenThroughAtOnce() {
        Cache<String, String> cache = cache(Writes.through());

        assertThat(cache.putAll(Map.of("a", "1", "b", "2")).applied()).isEqualTo(2);

        assertThat(table.row("a")).isEqualTo("1");
        assertThat(cache.getIfPresent("b")).isEqualTo("2");
    }

    @Test
    void twoWritersAtOnceEndInWhatTheSourceHoldsOrInAMiss() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "k" + round;
            Cache<String, String> cache = cache(Writes.through());
            Crowd.runAll(4, caller -> () -> cache.put(key, "by " + caller));

            String kept = cache.getIfPresent(key);
            assertThat(kept == null || kept.equals(table.row(key)))
                    .as("kept %s, the source has %s", kept, table.row(key))
                    .isTrue();
        }
    }

    @Test
    void aTransactionSeesTheSourceAndInvalidatesAfterwards() throws Exception {
        table.put("k", "old");
        Cache<String, String> cache = texts("t").ttl(LIFE).loader(table).open();
        cache.get("k");

        String seen = cache.writing("k", () -> {
            table.put("k", "new");
            return cache.get("k");
        });

        assertThat(seen).as("what the transaction reads").isEqualTo("new");
        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void aTransactionThatFailsInvalidatesTooAndItsErrorIsTheCallers() {
        table.put("k", "old");
        Cache<String, String> cache = texts("t").ttl(LIFE).loader(table).open();
        cache.get("k");

        assertThatThrownBy(() -> cache.writing("k", () -> {
                    throw new IllegalStateException("rolled back");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rolled back");

        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void whatIsLoadedDuringATransactionIsNotKeptAfterIt() throws Exception {
        table.put("k", "old");
        GatedLoader<String, String> loader = new GatedLoader<>(table);
        Cache<String, String> cache = texts("t").ttl(LIFE).loader(loader).open();
        CompletableFuture<?> early = cache.async().get("k");
        loader.awaitEntered();

        cache.writing("k", () -> table.put("k", "new"));
        loader.open();
        early.join();

        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void writingBehindAnswersAtOnceAndReachesTheSourceLater() {
        Cache<String, String> cache = cache(Writes.behind(Duration.ofMillis(50)));

        cache.put("k", "first");
        cache.put("k", "second");

        assertThat(cache.get("k")).isEqualTo("second");
        await().untilAsserted(() -> assertThat(table.row("k")).isEqualTo("second"));
        assertThat(cache.get("k")).isEqualTo("second");
    }

    @Test
    void writesBehindOfOneKeyAreOneWriteOfTheNewest() {
        Cache<String, String> cache = cache(new Writes.Behind(Duration.ofMillis(200), 100, 1_000, SECOND));
        for (int i = 0; i < 50; i++) {
            cache.put("k", "v" + i);
        }

        await().untilAsserted(() -> assertThat(table.row("k")).isEqualTo("v49"));
        assertThat(table.log()).hasSizeLessThan(10).last().isEqualTo("k=v49");
    }

    @Test
    void aWriteBehindThatTheSourceRefusesIsRepeated() {
        Cache<String, String> cache = cache(Writes.behind(Duration.ofMillis(1)));
        table.fails(true);
        cache.put("k", "new");
        cache.put("other", "too");
        table.fails(false);

        await().untilAsserted(() -> assertThat(table.row("k")).isEqualTo("new"));
        await().untilAsserted(() -> assertThat(table.row("other")).isEqualTo("too"));
    }

    @Test
    void whatTheSourceHasNotGotIsReadBeforeIt() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        table.put("k", "old");
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .loader(table)
                .writer(
                        new io.cacheservice.SourceWriter<>() {
                            @Override
                            public void write(String key, String value) throws Exception {
                                gate.await();
                                table.write(key, value);
                            }

                            @Override
                            public void delete(String key) {}
                        },
                        Writes.behind(Duration.ofMillis(1)))
                .open();
        cache.put("k", "new");
        cache.invalidate("k");

        assertThat(cache.get("k")).as("the entry is gone, the write waits").isEqualTo("new");
        gate.countDown();
        await().untilAsserted(() -> assertThat(table.row("k")).isEqualTo("new"));
    }

    @Test
    void closingTheServiceWaitsUntilTheSourceHasEverything() {
        CacheService service = open(settings -> settings);
        Cache<String, String> cache = service.cache("t", String.class)
                .codec(new TextCodec())
                .ttl(LIFE)
                .writer(table, Writes.behind(Duration.ofMinutes(1)))
                .open();
        cache.put("k", "new");

        service.close();

        assertThat(table.row("k")).isEqualTo("new");
    }
}
