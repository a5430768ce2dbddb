package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.Refresh;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefreshesGiveWayTest {
    private final MovedTime time = new MovedTime();
    private final Semaphore answers = new Semaphore(0);

    @Test
    void noReloadBeginsThatNobodyWaitsForWhileCallersWaitForAPlaceAtTheSource() throws Exception {
        try (CacheService service = CacheService.builder().time(time).open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .ttl(Duration.ofHours(1))
                    .refresh(Refresh.threshold(Duration.ofHours(1), 1))
                    .maxLoads(1)
                    .loader(key -> {
                        answers.acquire();
                        return "of " + key;
                    })
                    .open();
            answers.release();
            assertThat(cache.get("hot")).isEqualTo("of hot");
            time.pass(Duration.ofMinutes(45));
            CompletableFuture<String> running = cache.async().get("a").toCompletableFuture();
            CompletableFuture<String> waiting = cache.async().get("b").toCompletableFuture();

            assertThat(cache.get("hot")).isEqualTo("of hot");

            assertThat(cache.stats().loads().refreshesShed()).isEqualTo(1);
            assertThat(cache.stats().loads().refreshes()).isZero();
            answers.release(2);
            assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo("of a");
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("of b");
            answers.release(10);
            assertThat(cache.get("hot")).isEqualTo("of hot");
            assertThat(cache.stats().loads().refreshes()).isEqualTo(1);
        }
    }
}
