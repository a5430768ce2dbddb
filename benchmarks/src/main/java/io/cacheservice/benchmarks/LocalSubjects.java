package io.cacheservice.benchmarks;

import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.LookupLoop;
import io.cacheservice.testkit.RedisServer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.caffeine.CaffeineCache;

/**
 * The caches of the {@code local} suite, each filled with a number of users who live for an hour, and each with the loop
 * that reads them.
 */
// The loops look alike on purpose; LookupLoop says why there is not one for all.
final class LocalSubjects {
    static final String CAFFEINE = "caffeine";
    static final String CAFFEINE_EXPIRY = "caffeine-expiry";

    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MEMORY_BYTES = 512L << 20;
    private static final VarHandle ID = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int VALUE_BYTES = 100;

    private static final Map<String, Opener> ALL = all();

    private LocalSubjects() {}

    /** Fills a cache with the users 0 to {@code users - 1} and gives its loop; what must be closed goes to {@code open}. */
    @FunctionalInterface
    private interface Opener {
        LookupLoop open(int users, List<AutoCloseable> open);
    }

    /** The subjects' names, in the order of the table. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** Opens the subject {@code name}. */
    static LookupLoop open(String name, int users, List<AutoCloseable> open) {
        return Objects.requireNonNull(ALL.get(name), name).open(users, open);
    }

    private static Map<String, Opener> all() {
        Map<String, Opener> subjects = new LinkedHashMap<>();
        subjects.put("floor", LocalSubjects::floor);
        subjects.put(CAFFEINE, LocalSubjects::caffeine);
        subjects.put(CAFFEINE_EXPIRY, LocalSubjects::caffeineExpiry);
        subjects.put("spring-caffeine", LocalSubjects::springCaffeine);
        subjects.put("jetcache-local", LocalSubjects::jetCache);
        subjects.put("cache-service", LocalSubjects::cacheService);
        subjects.put("cache-service-both", LocalSubjects::cacheServiceBoth);
        subjects.put("cache-service-bytes", LocalSubjects::cacheServiceBytes);
        return subjects;
    }

    private static LookupLoop floor(int users, List<AutoCloseable> open) {
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += keys[i].hashCode();
            }
            return sum;
        };
    }

    private static LookupLoop caffeine(int users, List<AutoCloseable> open) {
        Cache<String, User> cache =
                Caffeine.newBuilder().maximumSize(2L * users).build();
        fill(users, cache::put);
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += found(cache.getIfPresent(keys[i]), keys[i]).id();
            }
            return sum;
        };
    }

    private static LookupLoop caffeineExpiry(int users, List<AutoCloseable> open) {
        Cache<String, User> cache = Caffeine.newBuilder()
                .maximumSize(2L * users)
                .expireAfter(Expiry.<String, User>writing((key, user) -> TTL))
                .build();
        fill(users, cache::put);
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += found(cache.getIfPresent(keys[i]), keys[i]).id();
            }
            return sum;
        };
    }

    private static LookupLoop springCaffeine(int users, List<AutoCloseable> open) {
        // Spring's wrapper has no lives of entries; one life for all is what its users configure.
        CaffeineCache cache = new CaffeineCache(
                "users",
                Caffeine.newBuilder()
                        .maximumSize(2L * users)
                        .expireAfterWrite(TTL)
                        .build());
        fill(users, cache::put);
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += found(cache.get(keys[i], User.class), keys[i]).id();
            }
            return sum;
        };
    }

    private static LookupLoop jetCache(int users, List<AutoCloseable> open) {
        com.alicp.jetcache.Cache<String, User> cache = CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .limit(2 * users)
                .expireAfterWrite(TTL.toMillis(), TimeUnit.MILLISECONDS)
                .buildCache();
        fill(users, cache::put);
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += found(cache.get(keys[i]), keys[i]).id();
            }
            return sum;
        };
    }

    private static LookupLoop cacheService(int users, List<AutoCloseable> open) {
        CacheService service = service(open);
        io.cacheservice.Cache<String, User> cache =
                service.cache("users", User.class).ttl(TTL).open();
        fill(users, cache::put);
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += found(cache.get(keys[i]), keys[i]).id();
            }
            return sum;
        };
    }

    private static LookupLoop cacheServiceBoth(int users, List<AutoCloseable> open) {
        RedisServer redis = RedisServer.start();
        open.add(redis);
        CacheService service = CacheService.open(CacheConfig.builder()
                .url(redis.url())
                .localMaxMemory(MEMORY_BYTES)
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .build());
        open.add(service);
        io.cacheservice.Cache<String, User> cache =
                service.cache("users", User.class).ttl(TTL).open();
        fill(users, cache::put);
        // the first read makes the local copy
        fill(users, (key, user) -> found(cache.get(key), key));
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += found(cache.get(keys[i]), keys[i]).id();
            }
            return sum;
        };
    }

    private static LookupLoop cacheServiceBytes(int users, List<AutoCloseable> open) {
        CacheService service = service(open);
        fill(users, (key, user) -> {
            byte[] value = new byte[VALUE_BYTES];
            ID.set(value, 0, user.id());
            service.set(key, value, TTL);
        });
        return (keys, from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += (long) ID.get(found(service.get(keys[i]), keys[i]), 0);
            }
            return sum;
        };
    }

    private static CacheService service(List<AutoCloseable> open) {
        CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(MEMORY_BYTES).build());
        open.add(service);
        return service;
    }

    private static void fill(int users, BiConsumer<String, User> put) {
        for (int user = 0; user < users; user++) {
            put.accept(KeySequence.key(user), User.number(user));
        }
    }

    // A miss would be cheaper or dearer than a hit; either way the figure would be about something else.
    private static <T> T found(@Nullable T value, String key) {
        if (value == null) {
            throw new IllegalStateException(key + " was stored and is absent");
        }
        return value;
    }
}
