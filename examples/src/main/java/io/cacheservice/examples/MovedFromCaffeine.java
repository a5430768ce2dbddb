package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Lesson: code written for Caffeine keeps its shape.
 *
 * <p>Before:
 *
 * <pre>{@code
 * LoadingCache<Long, Price> prices = Caffeine.newBuilder()
 *         .maximumSize(10_000)
 *         .expireAfterWrite(Duration.ofMinutes(5))
 *         .recordStats()
 *         .build(this::query);
 * }</pre>
 *
 * <table>
 * <caption>What became what</caption>
 * <tr><td>{@code cache.get(k)}</td><td>{@code cache.get(k)}</td></tr>
 * <tr><td>{@code cache.get(k, f)}</td><td>{@code cache.get(k, f)}</td></tr>
 * <tr><td>{@code cache.getAll(ks)}</td><td>{@code cache.getAll(ks)}, in request order</td></tr>
 * <tr><td>{@code cache.getIfPresent(k)}</td><td>{@code cache.getIfPresent(k)}</td></tr>
 * <tr><td>{@code cache.put(k, v)}</td><td>{@code cache.put(k, v)}</td></tr>
 * <tr><td>{@code cache.asMap().putIfAbsent(k, v)}</td><td>{@code cache.putIfAbsent(k, v)}</td></tr>
 * <tr><td>{@code cache.invalidate(k)}</td><td>{@code cache.invalidate(k)}</td></tr>
 * <tr><td>{@code maximumSize(n)}</td><td>{@code maxMemory(bytes)} of the service: all caches share it</td></tr>
 * </table>
 */
public final class MovedFromCaffeine {
    record Price(long product, int cents) {}

    private final Cache<Long, Price> prices;

    MovedFromCaffeine(CacheService service) {
        prices = service.cache("prices", KeyCodec.longs(), Price.class)
                .ttl(Duration.ofMinutes(5))
                .loader(this::query)
                .open();
    }

    private Price query(long product) {
        return new Price(product, (int) product * 100);
    }

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static String run() {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            Cache<Long, Price> prices = new MovedFromCaffeine(service).prices;
            Price one = prices.get(1L);
            Price two = prices.get(2L, id -> new Price(id, 222));
            Map<Long, Price> both = prices.getAll(List.of(2L, 1L));
            prices.put(3L, new Price(3, 333));
            prices.putIfAbsent(3L, new Price(3, 999));
            prices.invalidate(1L);
            return one + " " + two + " " + both.size() + " " + prices.getIfPresent(3L) + " " + prices.getIfPresent(1L)
                    + " hits " + prices.stats().hitCount();
        }
    }
}
