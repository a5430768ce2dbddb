package io.cacheservice.benchmarks;

import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.QuickConfig;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ConnectionStats;
import io.cacheservice.Tiers;
import io.cacheservice.benchmarks.outage.OutageSource;
import io.cacheservice.benchmarks.outage.OutageSubject;
import io.cacheservice.benchmarks.stampede.LoadedCache;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.cache.interceptor.SimpleCacheErrorHandler;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The caches of the {@code outage} suite, each with a way to Redis of its own. Those whose name ends in {@code -default} wait for Redis as
 * long as they do where nobody says otherwise, all others 50 ms and without a second try.
 */
final class OutageSubjects {
    static final String BARE_SOURCE = "bare-source";

    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    /** How old a local copy may be, in every library. */
    private static final Duration LOCAL_LIFE = Duration.ofSeconds(1);

    private static final int MOST_CONNECTS = 20;

    private static final Map<String, Opener> ALL = all();

    private OutageSubjects() {}

    /** Makes the cache in front of {@code source}; what must be closed goes to {@code open}. */
    @FunctionalInterface
    private interface Opener {
        Opened open(OutageSource source, int port, List<AutoCloseable> open);
    }

    private record Opened(LoadedCache cache, @Nullable BooleanSupplier leavesAlone) {
        Opened(LoadedCache cache) {
            this(cache, null);
        }
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** Opens the subject {@code name} on the Redis at {@code port} of loopback; what must be closed goes to {@code open}. */
    static OutageSubject open(String name, int port, List<AutoCloseable> open) {
        OutageSource source = new OutageSource();
        if (name.equals(BARE_SOURCE)) {
            return new OutageSubject(source, source::load, null, null);
        }
        FaultProxy proxy = FaultProxy.to(port);
        open.add(proxy);
        Opened opened = Objects.requireNonNull(ALL.get(name), name).open(source, proxy.port(), open);
        return new OutageSubject(source, opened.cache(), new Link(proxy), opened.leavesAlone());
    }

    private record Link(FaultProxy proxy) implements OutageSubject.Link {
        @Override
        public void breakDown() {
            proxy.blackhole(Direction.TO_SERVER);
            proxy.blackhole(Direction.TO_CLIENT);
        }

        @Override
        public void repair() {
            proxy.heal();
        }
    }

    private static Map<String, Opener> all() {
        Map<String, Opener> subjects = new LinkedHashMap<>();
        subjects.put(BARE_SOURCE, (source, port, open) -> new Opened(source::load));
        subjects.put("cache-service", (source, port, open) -> cacheService(source, port, Tiers.REMOTE_ONLY, open));
        subjects.put(
                "spring", (source, port, open) -> spring(source, port, "spring", new SimpleCacheErrorHandler(), open));
        subjects.put(
                "spring-error-handler",
                (source, port, open) ->
                        spring(source, port, "spring-error-handler", new LoggingCacheErrorHandler(), open));
        subjects.put("spring-caught", OutageSubjects::springCaught);
        subjects.put(
                "jetcache-remote",
                (source, port, open) -> jetCache(source, port, "jetcache-remote", CacheType.REMOTE, true, open));
        subjects.put("redisson", (source, port, open) -> new Opened(redisson(source, port, true, open)));
        subjects.put("redisson-caught", (source, port, open) -> {
            LoadedCache cache = redisson(source, port, true, open);
            return new Opened(key -> {
                try {
                    return cache.get(key);
                } catch (RedisException unavailable) {
                    return source.load(key);
                }
            });
        });
        subjects.put("cache-service-both", (source, port, open) -> cacheService(source, port, Tiers.BOTH, open));
        subjects.put(
                "jetcache-both",
                (source, port, open) -> jetCache(source, port, "jetcache-both", CacheType.BOTH, true, open));
        subjects.put("spring-default", OutageSubjects::springDefault);
        subjects.put(
                "jetcache-default",
                (source, port, open) -> jetCache(source, port, "jetcache-default", CacheType.REMOTE, false, open));
        subjects.put("redisson-default", (source, port, open) -> new Opened(redisson(source, port, false, open)));
        return subjects;
    }

    /** With the default settings, which are the others': 50 ms for a read, and copies of at most a second. */
    private static Opened cacheService(OutageSource source, int port, Tiers tiers, List<AutoCloseable> open) {
        CacheService service = CacheService.open(
                CacheConfig.builder().host("127.0.0.1").port(port).build());
        open.add(service);
        io.cacheservice.Cache<String, String> cache = service.cache("outage-" + tiers, String.class)
                .ttl(TTL)
                .tiers(tiers)
                .loader(source::load)
                .open();
        return new Opened(
                cache::get,
                () -> service.stats().connections().stream()
                        .anyMatch(connection -> connection.state() == ConnectionStats.State.TRIPPED));
    }

    /** What {@code @Cacheable} does, with what it does about errors. */
    private static Opened spring(
            OutageSource source, int port, String name, CacheErrorHandler errors, List<AutoCloseable> open) {
        CacheManager caches = springCaches(port, name, TIMEOUT, open);
        return new Opened(SpringAnnotated.cache(source::load, caches, errors));
    }

    private static Opened springDefault(OutageSource source, int port, List<AutoCloseable> open) {
        CacheManager caches = springCaches(port, "spring-default", null, open);
        return new Opened(SpringAnnotated.cache(source::load, caches, new SimpleCacheErrorHandler()));
    }

    /** What people write by hand around Spring's cache: nothing is stored where it could not be read. */
    private static Opened springCaught(OutageSource source, int port, List<AutoCloseable> open) {
        Cache cache = Objects.requireNonNull(
                springCaches(port, "spring-caught", TIMEOUT, open).getCache(SpringAnnotated.CACHE));
        return new Opened(key -> {
            String cached;
            try {
                cached = cache.get(key, String.class);
            } catch (DataAccessException unavailable) {
                return source.load(key);
            }
            if (cached != null) {
                return cached;
            }
            String loaded = source.load(key);
            try {
                cache.put(key, loaded);
            } catch (DataAccessException unavailable) {
                return loaded;
            }
            return loaded;
        });
    }

    /** @param timeout null: Lettuce's own, a minute */
    private static CacheManager springCaches(
            int port, String prefix, @Nullable Duration timeout, List<AutoCloseable> open) {
        LettuceClientConfiguration.LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder();
        if (timeout != null) {
            client.commandTimeout(timeout);
        }
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port), client.build());
        connections.afterPropertiesSet();
        connections.start();
        open.add(connections::destroy);
        RedisCacheManager caches = RedisCacheManager.builder(connections)
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig()
                        .prefixCacheNameWith(prefix)
                        .entryTtl(TTL))
                .build();
        caches.afterPropertiesSet();
        return caches;
    }

    /** It swallows errors of Redis itself, and loads. */
    private static Opened jetCache(
            OutageSource source, int port, String name, CacheType type, boolean hurried, List<AutoCloseable> open) {
        RedisLettuceCacheBuilder<?> remote = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder();
        RedisURI uri = RedisURI.create("127.0.0.1", port);
        if (hurried) {
            uri.setTimeout(TIMEOUT);
            remote.setAsyncResultTimeoutInMillis(TIMEOUT.toMillis());
        }
        RedisClient client = RedisClient.create(uri);
        open.add(() -> client.shutdown(Duration.ZERO, Duration.ofSeconds(10)));
        remote.setRedisClient(client);
        SimpleCacheManager caches = new SimpleCacheManager();
        caches.setCacheBuilderTemplate(new CacheBuilderTemplate(
                false,
                Map.of(CacheConsts.DEFAULT_AREA, CaffeineCacheBuilder.createCaffeineCacheBuilder()),
                Map.of(CacheConsts.DEFAULT_AREA, remote)));
        open.add(caches);
        QuickConfig config = QuickConfig.newBuilder(name + ":")
                .cacheType(type)
                .localExpire(LOCAL_LIFE)
                .expire(TTL)
                .build();
        com.alicp.jetcache.Cache<String, String> cache = connected(() -> caches.getOrCreateCache(config));
        return new Opened(key -> cache.computeIfAbsent(key, source::load));
    }

    /** It throws where Redis does not answer. */
    private static LoadedCache redisson(OutageSource source, int port, boolean hurried, List<AutoCloseable> open) {
        Config config = new Config();
        SingleServerConfig server = config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
        if (hurried) {
            server.setTimeout((int) TIMEOUT.toMillis()).setRetryAttempts(0);
        }
        RedissonClient client = connected(() -> Redisson.create(config));
        open.add(client::shutdown);
        RMapCache<String, String> map =
                client.getMapCache(hurried ? "redisson" : "redisson-default", StringCodec.INSTANCE);
        return key -> {
            String cached = map.get(key);
            if (cached != null) {
                return cached;
            }
            String loaded = source.load(key);
            map.fastPut(key, loaded, TTL.toMillis(), TimeUnit.MILLISECONDS);
            return loaded;
        };
    }

    /** Their timeouts count for the first greeting too, which on a cold JVM may take longer. */
    private static <T> T connected(Supplier<T> connecting) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connecting.get();
            } catch (RedisException | RedisConnectionException slow) {
                if (attempt == MOST_CONNECTS) {
                    throw slow;
                }
            }
        }
    }
}
