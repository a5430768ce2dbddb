package io.cacheservice.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheServiceMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CacheService service = CacheService.open(CacheConfig.builder().build());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aCacheOpenedBeforeTheBindingIsCovered() {
        Cache<String, String> early = service.cache("early", String.class).open();
        new CacheServiceMetrics(service).bindTo(registry);

        hitAndMiss(early);

        assertGets("early", 1, 1);
    }

    @Test
    void aCacheOpenedAfterTheBindingIsCoveredAtOnce() {
        new CacheServiceMetrics(service).bindTo(registry);
        assertThat(registry.find("cache.gets").tag("cache", "late").functionCounters())
                .isEmpty();

        Cache<String, String> late = service.cache("late", String.class).open();
        assertThat(registry.find("cache.gets").tag("cache", "late").functionCounters())
                .hasSize(2);

        hitAndMiss(late);
        assertGets("late", 1, 1);
    }

    @Test
    void byteEntriesAreACacheOfTheirOwn() {
        new CacheServiceMetrics(service).bindTo(registry);
        service.set("a", "1".getBytes(UTF_8));
        service.get("a");
        service.get("b");

        assertGets(CacheServiceMetrics.BYTE_ENTRIES, 1, 1);
        assertThat(registry.get("cache.puts")
                        .tag("cache", CacheServiceMetrics.BYTE_ENTRIES)
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void twoServicesAreToldApartByTheirTags() {
        try (CacheService other = CacheService.open(CacheConfig.builder().build())) {
            new CacheServiceMetrics(service, Tags.of("service", "one")).bindTo(registry);
            new CacheServiceMetrics(other, Tags.of("service", "two")).bindTo(registry);
            service.cache("users", String.class).open();
            other.cache("users", String.class).open();

            assertThat(registry.find("cache.puts").tag("cache", "users").functionCounters())
                    .hasSize(2);
        }
    }

    @Test
    void metersOfAClosedServiceCanStillBeRead() {
        new CacheServiceMetrics(service).bindTo(registry);
        hitAndMiss(service.cache("users", String.class).open());
        assertGets("users", 1, 1);

        service.close();

        assertGets("users", 1, 1);
    }

    private static void hitAndMiss(Cache<String, String> cache) {
        cache.put("k", "v");
        cache.get("k");
        cache.get("none");
    }

    private void assertGets(String cache, double hits, double misses) {
        await().untilAsserted(() -> {
            assertThat(gets(cache, "hit")).isEqualTo(hits);
            assertThat(gets(cache, "miss")).isEqualTo(misses);
        });
    }

    private double gets(String cache, String result) {
        return registry.get("cache.gets")
                .tags("cache", cache, "result", result)
                .functionCounter()
                .count();
    }
}
