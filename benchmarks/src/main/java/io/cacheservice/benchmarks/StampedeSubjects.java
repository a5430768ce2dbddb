package io.cacheservice.benchmarks;

import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.NotifyMonitorInstaller;
import com.alicp.jetcache.template.QuickConfig;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Refresh;
import io.cacheservice.benchmarks.stampede.Expiries;
import io.cacheservice.benchmarks.stampede.LoadedCache;
import io.cacheservice.benchmarks.stampede.Source;
import io.cacheservice.benchmarks.stampede.Subject;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.redisson.Redisson;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The caches of the {@code stampede} suite, set up as their documentation recommends for a value that is dear to load, and with
 * their defaults unless said; opened alike in every JVM.
 */
final class StampedeSubjects {
    static final String FLOOR = "floor";
    static final String NO_REFRESH = "cache-service-no-refresh";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration TTL = Duration.ofHours(1);
    // As patient as the others are by default: the suite measures what callers wait for, not when waiting ends.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Map<String, Opener> ALL = all();

    private StampedeSubjects() {}

    /** Connects to the Redis at {@code port} of loopback; what must be closed goes to {@code open}. */
    @FunctionalInterface
    private interface Opener {
        Subject open(int port, List<AutoCloseable> open);
    }

    /** The subjects' names, in the order of the table. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** Opens the subject {@code name} on the Redis at {@code port} of loopback; what must be closed goes to {@code open}. */
    static Subject open(String name, int port, List<AutoCloseable> open) {
        return Objects.requireNonNull(ALL.get(name), name).open(port, open);
    }

    private static Map<String, Opener> all() {
        Map<String, Opener> subjects = new LinkedHashMap<>();
        subjects.put(FLOOR, (port, open) -> subject(Unprotected::new));
        subjects.put("cache-service", (port, open) -> cacheService(port, "with-refresh", cache -> cache, open));
        subjects.put(
                NO_REFRESH,
                (port, open) -> cacheService(port, "no-refresh", cache -> cache.refresh(Refresh.none()), open));
        subjects.put("redisson", StampedeSubjects::redisson);
        subjects.put(
                "spring-default",
                (port, open) -> spring(port, "spring-default", RedisCacheWriter::nonLockingRedisCacheWriter, open));
        subjects.put(
                "spring-locking",
                (port, open) -> spring(port, "spring-locking", RedisCacheWriter::lockingRedisCacheWriter, open));
        subjects.put("jetcache-protected", StampedeSubjects::jetCache);
        return subjects;
    }

    private static Subject subject(BiFunction<Source, Duration, LoadedCache> cache) {
        Source source = new Source();
        return new Subject(source, cache.apply(source, TTL), cache.apply(source, Expiries.LIFE));
    }

    /** The source alone: whoever finds nothing in this JVM asks it, whoever else is asking. Nobody can have an answer sooner. */
    private static final class Unprotected implements LoadedCache {
        private final Source source;
        private final Duration life;
        private final Map<String, Held> values = new ConcurrentHashMap<>();

        private record Held(String value, long endNanoTime) {}

        Unprotected(Source source, Duration life) {
            this.source = source;
            this.life = life;
        }

        @Override
        public String get(String key) {
            Held held = values.get(key);
            if (held == null || System.nanoTime() - held.endNanoTime >= 0) {
                held = new Held(source.load(key), System.nanoTime() + life.toNanos());
                values.put(key, held);
            }
            return held.value;
        }
    }

    private static Subject cacheService(
            int port,
            String name,
            Function<CacheBuilder<String, String>, CacheBuilder<String, String>> policy,
            List<AutoCloseable> open) {
        CacheService service = CacheService.open(CacheConfig.builder()
                .host(LOOPBACK)
                .port(port)
                .connectTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .build());
        open.add(service);
        return subject((source, life) -> policy.apply(service.cache(name + "-" + life.toMillis(), String.class)
                        .ttl(life)
                        .loader(source::load))
                .open()::get);
    }

    /** A map with lives of entries, whose {@code computeIfAbsent} holds a lock of the key in Redis. */
    private static Subject redisson(int port, List<AutoCloseable> open) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://" + LOOPBACK + ":" + port);
        RedissonClient client = Redisson.create(config);
        open.add(client::shutdown);
        return subject((source, life) -> {
            RMapCache<String, String> map = client.getMapCache("redisson-" + life.toMillis(), StringCodec.INSTANCE);
            return key -> {
                String value = map.get(key);
                return value == null ? map.computeIfAbsent(key, life, source::load) : value;
            };
        });
    }

    /** What {@code @Cacheable(sync = true)} does. */
    private static Subject spring(
            int port,
            String name,
            Function<RedisConnectionFactory, RedisCacheWriter> writer,
            List<AutoCloseable> open) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration(LOOPBACK, port));
        connections.afterPropertiesSet();
        connections.start();
        open.add(connections::destroy);
        return subject((source, life) -> {
            RedisCacheManager caches = RedisCacheManager.builder(writer.apply(connections))
                    .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(life))
                    .build();
            caches.afterPropertiesSet();
            Cache cache = Objects.requireNonNull(caches.getCache(name + "-" + life.toMillis()));
            return key -> cache.get(key, () -> source.load(key));
        });
    }

    /** Both tiers, with {@code penetrationProtect}: one load of a key in each JVM. */
    private static Subject jetCache(int port, List<AutoCloseable> open) {
        RedisClient client = RedisClient.create(RedisURI.create(LOOPBACK, port));
        open.add(() -> client.shutdown(Duration.ZERO, TIMEOUT));
        RedisLettuceCacheBuilder<?> remote = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(client)
                .pubSubConnection(client.connectPubSub(ByteArrayCodec.INSTANCE))
                .broadcastChannel("jetcache-protected-broadcast");
        CacheBuilderTemplate builders = new CacheBuilderTemplate(
                false,
                Map.of(CacheConsts.DEFAULT_AREA, CaffeineCacheBuilder.createCaffeineCacheBuilder()),
                Map.of(CacheConsts.DEFAULT_AREA, remote));
        builders.getCacheMonitorInstallers().add(new NotifyMonitorInstaller(area -> remote));
        SimpleCacheManager caches = new SimpleCacheManager();
        caches.setCacheBuilderTemplate(builders);
        open.add(caches);
        return subject((source, life) -> {
            com.alicp.jetcache.Cache<String, String> cache =
                    caches.getOrCreateCache(QuickConfig.newBuilder("jetcache-protected-" + life.toMillis() + ":")
                            .cacheType(CacheType.BOTH)
                            .syncLocal(true)
                            .penetrationProtect(true)
                            .expire(life)
                            .build());
            return key -> cache.computeIfAbsent(key, source::load);
        });
    }
}
