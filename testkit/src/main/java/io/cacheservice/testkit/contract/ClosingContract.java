package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheService;
import io.cacheservice.EntryVersion;
import io.cacheservice.PrefixRemovalOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is left of a closed service. */
abstract class ClosingContract extends TierContract {
    @TestFactory
    Stream<DynamicTest> noCallIsAcceptedAfterClose() {
        Cache<String, String> cache = openTexts("t");
        service().close();
        return calls(service(), cache).entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatThrownBy(() -> call.getValue().run())
                                .isInstanceOf(CacheClosedException.class)));
    }

    private static Map<String, Runnable> calls(CacheService service, Cache<String, String> cache) {
        byte[] value = bytes("value");
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("get", () -> service.get("k"));
        calls.put("get with loader", () -> service.get("k", LIFE, key -> value));
        calls.put("lookup", () -> service.lookup("k"));
        calls.put("set", () -> service.set("k", value, LIFE));
        calls.put("delete", () -> service.delete("k"));
        calls.put("getAll", () -> service.getAll(List.of("k")));
        calls.put("setAll", () -> service.setAll(Map.of("k", value), LIFE));
        calls.put("deleteAll", () -> service.deleteAll(List.of("k")));
        calls.put("deleteByPrefix", () -> service.deleteByPrefix("k"));
        calls.put("setIfAbsent", () -> service.setIfAbsent("k", value, LIFE));
        calls.put("getAndDelete", () -> service.getAndDelete("k"));
        calls.put("delete of a version", () -> service.delete("k", EntryVersion.parse("0123456789abcdef")));
        calls.put("increment", () -> service.increment("k", 1, LIFE));
        calls.put("source", () -> service.source("k", key -> value));
        calls.put("bulkSource", () -> service.bulkSource("k", LIFE, keys -> Map.of()));
        calls.put("lookupAll", () -> service.lookupAll(List.of("k")));
        calls.put("preWarm", () -> service.preWarm(List.of("k")));
        calls.put("refreshProbabilistic", () -> service.refreshProbabilistic("k", LIFE, 1));
        calls.put(
                "opening a cache",
                () -> service.cache("u", String.class).codec(new TextCodec()).open());
        calls.put("cache get", () -> cache.get("k"));
        calls.put("cache getIfPresent", () -> cache.getIfPresent("k"));
        calls.put("cache getAll", () -> cache.getAll(List.of("k")));
        calls.put("cache put", () -> cache.put("k", "value"));
        calls.put("cache invalidate", () -> cache.invalidate("k"));
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> asyncCallsFailThroughTheirFutureAfterClose() {
        Cache<String, String> cache = openTexts("t");
        service().close();
        Map<String, Supplier<CompletableFuture<?>>> calls = new LinkedHashMap<>();
        calls.put("get", () -> service().async().get("k"));
        calls.put("set", () -> service().async().set("k", bytes("value"), LIFE));
        calls.put("getAll", () -> service().async().getAll(List.of("k")));
        calls.put(
                "deleteByPrefix",
                () -> service().async().deleteByPrefix("k", PrefixRemovalOptions.defaults(), soFar -> {}));
        calls.put("increment", () -> service().async().increment("k", 1, LIFE));
        calls.put("cache get", () -> cache.async().get("k"));
        calls.put("cache put", () -> cache.async().put("k", "value"));
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThat(call.getValue().get())
                                .failsWithin(Duration.ofSeconds(20))
                                .withThrowableOfType(ExecutionException.class)
                                .withCauseInstanceOf(CacheClosedException.class)));
    }

    @Test
    void aSecondCloseDoesNothing() {
        service().close();
        service().close();

        assertThatThrownBy(() -> service().get("k")).isInstanceOf(CacheClosedException.class);
    }

    @Test
    void closingOneServiceLeavesAnotherOpen() {
        CacheService other = open(settings -> settings);
        service().close();
        other.set("k", bytes("value"), LIFE);

        assertThat(text(other.get("k"))).isEqualTo("value");
    }

    @Test
    void aCallerThatWaitsForALoadIsToldOfTheClose() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));
        var waiting = service().async().get("k", LIFE, loader);
        loader.awaitEntered();
        service().close();

        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(CacheClosedException.class);
        loader.open();
    }

    @Test
    void anExecutorOfTheCallersIsNotEnded() {
        ExecutorService mine = Executors.newCachedThreadPool();
        try {
            CacheService service = openWith(seams -> seams.executor(mine));
            service.get("k", LIFE, key -> bytes("value"));
            service.close();

            assertThat(mine.isShutdown()).isFalse();
        } finally {
            mine.shutdownNow();
        }
    }

    @Test
    void noLoadBeginsAfterClose() throws Exception {
        ExecutorService oneThread = Executors.newSingleThreadExecutor();
        try {
            GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));
            CacheService service = openWith(seams -> seams.executor(oneThread));
            service.source("*", loader);
            List<String> keys = IntStream.range(0, 50).mapToObj(i -> "k" + i).toList();
            var reading = service.async().getAll(keys);
            loader.awaitEntered();
            service.close();
            loader.open();

            assertThat(reading)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(CacheClosedException.class);
            oneThread.submit(() -> {}).get(20, TimeUnit.SECONDS);
            assertThat(loader.calls()).isEqualTo(1);
        } finally {
            oneThread.shutdownNow();
        }
    }

    @Test
    void aPreWarmEndsWithTheService() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));
            CacheService service = openWith(seams -> seams.executor(threads));
            service.source("*", loader);
            List<String> keys = IntStream.range(0, 500).mapToObj(i -> "k" + i).toList();
            Future<?> warming = threads.submit(() -> service.preWarm(keys));
            loader.awaitEntered();
            service.close();
            loader.open();

            assertThatThrownBy(() -> warming.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(CacheClosedException.class);
            assertThat(loader.calls()).isLessThan(keys.size());
        } finally {
            threads.shutdownNow();
        }
    }
}
