package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** After a write returns, no later read through the same service sees an older value, whatever was being loaded. */
abstract class OwnWritesContract extends TierContract {
    private volatile String row = "old";
    private final GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes(row));
    private final GatedLoader<String, String> typedLoader = new GatedLoader<>(key -> row);

    /** A read whose load has taken the old row and has not answered yet. */
    private CompletableFuture<byte[]> readingTheOldRow() throws InterruptedException {
        CompletableFuture<byte[]> reading = service().async().get("k", LIFE, loader);
        loader.awaitEntered();
        row = "new";
        return reading;
    }

    private CompletableFuture<String> readingTheOldRow(Cache<String, String> cache) throws InterruptedException {
        CompletableFuture<String> reading = cache.async().get("k");
        typedLoader.awaitEntered();
        row = "new";
        return reading;
    }

    private Cache<String, String> typed() {
        return texts("t").ttl(LIFE).loader(typedLoader).open();
    }

    @Test
    void aValueSetDuringALoadIsReadAtOnce() throws Exception {
        var reading = readingTheOldRow();
        service().set("k", bytes("set"), LIFE);

        assertThat(text(service().get("k"))).isEqualTo("set");
        assertThat(text(service().get("k", LIFE, loader))).isEqualTo("set");
        loader.open();
        reading.join();
        assertThat(text(service().get("k"))).isEqualTo("set");
    }

    @Test
    void aValueSetInABatchDuringALoadStays() throws Exception {
        var reading = readingTheOldRow();
        service().setAll(Map.of("k", bytes("set")), LIFE);
        loader.open();
        reading.join();

        assertThat(text(service().get("k"))).isEqualTo("set");
    }

    @Test
    void aValueSetIfAbsentDuringALoadStays() throws Exception {
        var reading = readingTheOldRow();
        assertThat(service().setIfAbsent("k", bytes("set"), LIFE)).isTrue();
        loader.open();
        reading.join();

        assertThat(text(service().get("k"))).isEqualTo("set");
    }

    @Test
    void aCounterBegunDuringALoadStays() throws Exception {
        var reading = readingTheOldRow();
        service().increment("k", 5, LIFE);
        loader.open();
        reading.join();

        assertThat(service().increment("k", 1, LIFE)).isEqualTo(6);
    }

    @Test
    void theResultOfALoadIsNotKeptWhenItsKeyWasDeletedMeanwhile() throws Exception {
        var reading = readingTheOldRow();
        service().delete("k");
        loader.open();
        reading.join();

        assertThat(text(service().get("k"))).isNull();
    }

    @Test
    void theResultOfALoadIsNotKeptWhenItsKeyWasDeletedInABatch() throws Exception {
        var reading = readingTheOldRow();
        service().deleteAll(List.of("other", "k"));
        loader.open();
        reading.join();

        assertThat(text(service().get("k"))).isNull();
    }

    @Test
    void aValueSetAndDeletedDuringALoadStaysDeleted() throws Exception {
        var reading = readingTheOldRow();
        service().set("k", bytes("set"), LIFE);
        service().delete("k");
        loader.open();
        reading.join();

        assertThat(text(service().get("k"))).isNull();
    }

    @Test
    void aValueSetAndTakenDuringALoadStaysTaken() throws Exception {
        var reading = readingTheOldRow();
        service().set("k", bytes("set"), LIFE);
        service().getAndDelete("k");
        loader.open();
        reading.join();

        assertThat(text(service().get("k"))).isNull();
    }

    @Test
    void aCallerAfterADeleteDoesNotGetTheLoadFromBeforeIt() throws Exception {
        var before = readingTheOldRow();
        service().delete("k");
        var after = service().async().get("k", LIFE, loader);
        loader.open();
        before.join();

        assertThat(after.get(20, TimeUnit.SECONDS)).isEqualTo(bytes("new"));
        assertThat(text(service().get("k"))).isEqualTo("new");
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void manyCallersAfterADeleteShareOneLoad() throws Exception {
        var before = readingTheOldRow();
        service().delete("k");
        var second = service().async().get("k", LIFE, loader);
        var third = service().async().get("k", LIFE, loader);
        loader.open();
        before.join();

        assertThat(second.join()).isEqualTo(bytes("new"));
        assertThat(third.join()).isEqualTo(bytes("new"));
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void aWriteOfAnotherKeyLetsTheLoadBeKept() throws Exception {
        var reading = readingTheOldRow();
        service().set("other", bytes("set"), LIFE);
        service().delete("another");
        loader.open();
        reading.join();

        assertThat(text(service().get("k"))).isEqualTo("old");
    }

    @Test
    void aValuePutDuringATypedLoadIsReadAtOnceAndStays() throws Exception {
        Cache<String, String> cache = typed();
        var reading = readingTheOldRow(cache);
        cache.put("k", "put");

        assertThat(cache.get("k")).isEqualTo("put");
        typedLoader.open();
        reading.join();
        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void aCallerAfterAnInvalidationDoesNotGetTheLoadFromBeforeIt() throws Exception {
        Cache<String, String> cache = typed();
        var before = readingTheOldRow(cache);
        cache.invalidate("k");
        var after = cache.async().get("k");
        typedLoader.open();
        before.join();

        assertThat(after.get(20, TimeUnit.SECONDS)).isEqualTo("new");
        assertThat(cache.getIfPresent("k")).isEqualTo("new");
    }

    @Test
    void theResultOfATypedLoadIsNotKeptWhenItsKeyWasInvalidatedInABatch() throws Exception {
        Cache<String, String> cache = typed();
        var reading = readingTheOldRow(cache);
        cache.invalidateAll(List.of("k"));
        typedLoader.open();
        reading.join();

        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void aCachedNullIsNotKeptWhenItsKeyWasPutMeanwhile() throws Exception {
        GatedLoader<String, String> nothing = new GatedLoader<>(key -> null);
        Cache<String, String> cache =
                texts("t").ttl(LIFE).nullTtl(LIFE).loader(nothing).open();
        var reading = cache.async().get("k");
        nothing.awaitEntered();
        cache.put("k", "put");
        nothing.open();
        reading.join();

        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void aBatchThatLoadsDoesNotUndoAPut() throws Exception {
        Cache<String, String> cache = typed();
        var reading = cache.async().getAll(List.of("k", "other"));
        typedLoader.awaitEntered();
        cache.put("k", "put");
        cache.put("other", "put");
        typedLoader.open();
        reading.join();

        assertThat(cache.getAll(List.of("k", "other")).values()).containsOnly("put");
    }

    @Test
    void aWriterAlwaysReadsItsOwnWrites() throws Exception {
        Crowd.runAll(4, thread -> () -> {
            for (int i = 0; i < 100; i++) {
                String mine = thread + ":" + i;
                service().set("k" + thread, bytes(mine), LIFE);
                assertThat(text(service().get("k" + thread, LIFE, key -> bytes("loaded"))))
                        .isEqualTo(mine);
                service().delete("k" + thread);
                assertThat(service().get("k" + thread)).isNull();
            }
            return thread;
        });
    }
}
