package io.cacheservice.redis.loading;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Several services over one server, each as a process of its own would have one. */
final class Fleet implements AutoCloseable {
    /** A bound that no test lives to see. */
    static final Duration LONG = Duration.ofMinutes(10);
    /** A bound whose end a test can wait for. */
    static final Duration SHORT = Duration.ofMillis(300);

    private final RedisServer redis = RedisServer.start();
    private final List<CacheService> services = new ArrayList<>();

    private Fleet() {}

    static Fleet of(int size, Duration maxStaleness) {
        Fleet fleet = new Fleet();
        for (int i = 0; i < size; i++) {
            fleet.add(settings(fleet.redis.url(), maxStaleness).build());
        }
        return fleet;
    }

    /** Budgets so long that only what hangs misses them. */
    static CacheConfig.Builder settings(String url, Duration maxStaleness) {
        return CacheConfig.builder()
                .url(url)
                .maxStaleness(maxStaleness)
                .coherenceSampleInterval(Duration.ZERO)
                .connectTimeout(Duration.ofSeconds(15))
                .readTimeout(Duration.ofSeconds(15))
                .writeTimeout(Duration.ofSeconds(15));
    }

    CacheService add(CacheConfig config) {
        CacheService service = CacheService.open(config);
        services.add(service);
        return service;
    }

    RedisServer redis() {
        return redis;
    }

    CacheService service(int i) {
        return services.get(i);
    }

    /** How often the server was asked to run commands whose names begin with {@code name}. */
    long commands(String name) {
        String all = String.valueOf(redis.command("INFO", "commandstats"));
        return all.lines()
                .filter(line -> line.startsWith("cmdstat_" + name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^:]*:calls=([0-9]+),.*", "$1")))
                .sum();
    }

    /** The same cache in each service, its keys in Redis as they are. */
    List<Cache<String, String>> caches(UnaryOperator<CacheBuilder<String, String>> policy) {
        return services.stream().map(service -> cache(service, policy)).toList();
    }

    static Cache<String, String> cache(CacheService service, UnaryOperator<CacheBuilder<String, String>> policy) {
        return policy.apply(service.cache("c", String.class).ttl(LONG).redisKey(key -> key))
                .open();
    }

    static void until(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(condition::getAsBoolean);
    }

    /** Until more than {@code bound} has passed since this call. */
    static void untilPast(Duration bound) {
        long since = System.nanoTime();
        until(() -> System.nanoTime() - since > bound.toNanos());
    }

    @Override
    public void close() {
        services.forEach(CacheService::close);
        redis.close();
    }
}
