package io.cacheservice.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.AsyncBulkLoader;
import io.cacheservice.BulkLoader;
import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.LoadContext;
import io.cacheservice.Loader;
import io.cacheservice.Lookup;
import io.cacheservice.SourceException;
import io.cacheservice.SourceWriter;
import io.cacheservice.testkit.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SourceUnderChaosTest {
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final ChaosPlan FAILING = ChaosPlan.none().failing(1);
    private static final ChaosPlan LATE = ChaosPlan.none().delaying(1, DELAY);
    private static final ChaosPlan SILENT = ChaosPlan.none().vanishing(1);

    private final Chaos chaos = Chaos.seeded(5);
    private final Map<String, String> table = new ConcurrentHashMap<>(Map.of("a", "1", "b", "2"));
    private final Loader<String, String> loader = chaos.loader((Loader<String, String>) table::get);

    @AfterEach
    void close() {
        chaos.close();
    }

    @Test
    void aQuietOneIsNotNoticed() throws Exception {
        assertThat(loader.load("a")).isEqualTo("1");
        assertThat(loader.load("absent")).isNull();
        assertThat(chaos.count(Trouble.NONE)).isEqualTo(2);
    }

    @Test
    void aSourceThatFailsIsNotAsked() {
        chaos.begin(FAILING);
        Loader<String, String> asked = chaos.loader((Loader<String, String>) key -> {
            throw new AssertionError("asked");
        });

        assertThatThrownBy(() -> asked.load("a")).isInstanceOf(ChaosException.class);
    }

    @Test
    void aSourceHasNoBytesSoThatACorruptedAnswerIsOneThatCannotBeRead() {
        chaos.begin(ChaosPlan.none().corrupting(1));

        assertThatThrownBy(() -> loader.load("a"))
                .isInstanceOf(ChaosException.class)
                .hasMessageContaining("cannot be read");
        assertThat(chaos.count(Trouble.CORRUPTED)).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsDelayedComesAfterThatTime() throws Exception {
        chaos.begin(LATE);
        long began = System.nanoTime();

        assertThat(loader.load("a")).isEqualTo("1");
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(DELAY.toNanos());
    }

    @Test
    void anAnswerThatVanishedComesWhenTheChaosIsClosedAndIsAnError() {
        chaos.begin(SILENT);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> load("a"));
        assertThat(answer)
                .failsWithin(DELAY)
                .withThrowableThat()
                .isInstanceOf(java.util.concurrent.TimeoutException.class);

        chaos.close();

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .havingRootCause()
                .isInstanceOf(ChaosException.class);
    }

    @Test
    void whatHasVanishedIsNotAnsweredByTheEndOfThePlan() {
        chaos.begin(SILENT);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> load("a"));
        while (chaos.count(Trouble.VANISHED) == 0) {
            Thread.onSpinWait();
        }

        chaos.end();

        assertThat(load("b")).isEqualTo("2");
        assertThat(answer).isNotDone();
    }

    @Test
    void asynchronousLoadersHoldNoThreadWhileTheyWait() throws Exception {
        chaos.begin(LATE);
        AsyncBulkLoader<String, String> bulk =
                chaos.asyncBulkLoader(keys -> CompletableFuture.completedFuture(rows(keys)));
        long began = System.nanoTime();

        CompletableFuture<Map<String, String>> answer =
                bulk.loadAll(Set.of("a", "b")).toCompletableFuture();

        assertThat(answer).isNotDone();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(DELAY.toNanos());
        chaos.begin(SILENT);
        CompletableFuture<?> never = bulk.loadAll(Set.of("a")).toCompletableFuture();
        assertThat(never).isNotDone();
        chaos.close();
        assertThat(never).isCompletedExceptionally();
    }

    @Test
    void aBulkLoaderHasOneTroubleForAllItsKeys() throws Exception {
        BulkLoader<String, String> bulk = chaos.bulkLoader(this::rows);
        chaos.begin(FAILING);
        assertThatThrownBy(() -> bulk.loadAll(Set.of("a", "b"))).isInstanceOf(ChaosException.class);
        chaos.end();

        assertThat(bulk.loadAll(Set.of("a", "b"))).hasSize(2);
        assertThat(chaos.count(Trouble.FAILED)).isEqualTo(1);
    }

    @Test
    void whatAWriterFailsToWriteIsNotThereAndWhatHasVanishedIs() {
        SourceWriter<String, String> writer = chaos.writer(new TableWriter());
        chaos.begin(FAILING);
        assertThatThrownBy(() -> writer.write("a", "9")).isInstanceOf(ChaosException.class);
        assertThatThrownBy(() -> writer.deleteAll(Set.of("b"))).isInstanceOf(ChaosException.class);
        assertThat(table).containsEntry("a", "1").containsEntry("b", "2");

        chaos.begin(SILENT);
        var unanswered = CompletableFuture.runAsync(() -> write(writer, "a", "9"));
        while (!"9".equals(table.get("a"))) {
            Thread.onSpinWait();
        }

        assertThat(unanswered).isNotDone();
    }

    @Test
    void loadersWithAContextHaveTheSameTroubles() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Cache<String, String> blocking = service.cache("blocking", String.class)
                    .loader(chaos.loader((String key, LoadContext<String> context) -> table.get(key)))
                    .open();
            Cache<String, String> async = service.cache("async", String.class)
                    .asyncLoader(chaos.asyncLoader((String key, LoadContext<String> context) ->
                            CompletableFuture.completedFuture(table.get(key))))
                    .open();
            assertThat(blocking.get("a")).isEqualTo("1");
            assertThat(async.get("a")).isEqualTo("1");

            chaos.begin(FAILING);

            assertThatThrownBy(() -> blocking.get("b")).hasRootCauseInstanceOf(ChaosException.class);
            assertThatThrownBy(() -> async.get("b")).hasRootCauseInstanceOf(ChaosException.class);
            assertThat(chaos.count(Trouble.FAILED)).isEqualTo(2);
        }
    }

    @Test
    void readersOfWhatWasLoadedGetItWhileTheSourceFailsAndWhileItIsSilent() {
        ManualTime time = new ManualTime();
        try (CacheService service = CacheService.builder()
                .config(CacheConfig.builder().build())
                .time(time)
                .open()) {
            Cache<String, String> cache = cache(service);
            assertThat(cache.get("a")).isEqualTo("1");
            time.advance(Duration.ofMinutes(2));
            chaos.begin(FAILING);

            Lookup<String> whileItFails = cache.lookup("a");

            assertThat(whileItFails.valueOrNull()).isEqualTo("1");
            assertThat(whileItFails.stale()).isTrue();
            chaos.begin(SILENT);
            time.advance(Duration.ofMinutes(2));
            assertThat(cache.lookup("a").stale()).isTrue();
            assertThatThrownBy(() -> cache.get("b")).isInstanceOf(SourceException.class);
        }
    }

    private Cache<String, String> cache(CacheService service) {
        return service.cache("rows", String.class)
                .ttl(Duration.ofMinutes(1))
                .failSafe(Duration.ofHours(1))
                .loadTimeout(Duration.ofMillis(300))
                .loader(loader)
                .open();
    }

    private String load(String key) {
        try {
            return String.valueOf(loader.load(key));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(SourceWriter<String, String> writer, String key, String value) {
        try {
            writer.write(key, value);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> rows(Set<String> keys) {
        Map<String, String> rows = new ConcurrentHashMap<>(table);
        rows.keySet().retainAll(keys);
        return rows;
    }

    private final class TableWriter implements SourceWriter<String, String> {
        @Override
        public void write(String key, String value) {
            table.put(key, value);
        }

        @Override
        public void delete(String key) {
            table.remove(key);
        }
    }
}
