package io.cacheservice.benchmarks;

import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.NotifyMonitorInstaller;
import com.alicp.jetcache.template.QuickConfig;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.lag.VersionedKey;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.LocalCachedMapOptions.SyncStrategy;
import org.redisson.codec.CompositeCodec;
import org.redisson.config.Config;

/**
 * The caches of the {@code coherence} suite, set up as their documentation recommends and with their defaults unless said;
 * opened alike in the JVM that writes and in the one that reads. Values are 100 bytes that begin with the version.
 */
final class CoherenceSubjects {
    static final String FLOOR = "floor";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration TTL = Duration.ofHours(1);
    // As patient as the others are by default: the suite measures when a version is seen, not when waiting ends.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int VALUE_BYTES = 100;
    private static final VarHandle VERSION = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final Map<String, IntFunction<VersionedKey>> ALL = all();

    private CoherenceSubjects() {}

    /** The subjects' names, in the order of the table. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** Opens the subject {@code name} on the Redis at {@code port} of loopback. */
    static VersionedKey open(String name, int port) {
        return Objects.requireNonNull(ALL.get(name), name).apply(port);
    }

    private static Map<String, IntFunction<VersionedKey>> all() {
        Map<String, IntFunction<VersionedKey>> subjects = new LinkedHashMap<>();
        subjects.put(FLOOR, Lettuce::new);
        subjects.put("cache-service-remote", port -> new Service("cache-service-remote", port, Duration.ZERO));
        subjects.put("cache-service", port -> new Service("cache-service", port, null));
        subjects.put("lettuce-client-side", LettuceClientSide::new);
        subjects.put("redisson-local-map", RedissonLocalMap::new);
        subjects.put("jetcache-both", JetCacheBoth::new);
        return subjects;
    }

    private static byte[] value(long version) {
        byte[] value = new byte[VALUE_BYTES];
        VERSION.set(value, 0, version);
        return value;
    }

    private static long version(byte @Nullable [] value) {
        return value == null ? VersionedKey.ABSENT : (long) VERSION.get(value, 0);
    }

    /** No local copy and no library in between: every read is a {@code GET} on one plain connection. */
    private static class Lettuce implements VersionedKey {
        private static final String KEY = "lettuce";

        final StatefulRedisConnection<String, byte[]> connection;
        private final RedisClient client;

        Lettuce(int port) {
            client = RedisClient.create(RedisURI.create(LOOPBACK, port));
            connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        }

        String key() {
            return KEY;
        }

        @Override
        public void write(long version) {
            connection.sync().set(key(), value(version), SetArgs.Builder.px(TTL.toMillis()));
        }

        @Override
        public long read() {
            return version(connection.sync().get(key()));
        }

        @Override
        public void close() {
            client.shutdown(Duration.ZERO, TIMEOUT);
        }
    }

    /** Lettuce's own client-side caching over {@code CLIENT TRACKING}, on a map as in its documentation. */
    private static final class LettuceClientSide extends Lettuce {
        private static final String KEY = "lettuce-client-side";

        private final CacheFrontend<String, byte[]> frontend;

        LettuceClientSide(int port) {
            super(port);
            frontend = ClientSideCaching.enable(
                    CacheAccessor.forMap(new ConcurrentHashMap<>()), connection, TrackingArgs.Builder.enabled());
        }

        @Override
        String key() {
            return KEY;
        }

        @Override
        public long read() {
            return version(frontend.get(KEY));
        }
    }

    /** The byte entries of the cache service. */
    private static final class Service implements VersionedKey {
        private final CacheService service;
        private final String key;

        /** With the default {@code maxStaleness} where that is null; zero is no local tier. */
        Service(String key, int port, @Nullable Duration maxStaleness) {
            this.key = key;
            CacheConfig.Builder config = CacheConfig.builder()
                    .host(LOOPBACK)
                    .port(port)
                    .readTimeout(TIMEOUT)
                    .writeTimeout(TIMEOUT);
            service = CacheService.open((maxStaleness == null ? config : config.maxStaleness(maxStaleness)).build());
        }

        @Override
        public void write(long version) {
            service.set(key, value(version), TTL);
        }

        @Override
        public long read() {
            return version(service.get(key));
        }

        @Override
        public void close() {
            service.close();
        }
    }

    /** Redisson's map with a local cache, whose entries a message through pub/sub ends. */
    private static final class RedissonLocalMap implements VersionedKey {
        private static final String KEY = "key";

        private final RedissonClient client;
        private final RLocalCachedMap<String, byte[]> map;

        RedissonLocalMap(int port) {
            Config config = new Config();
            config.useSingleServer().setAddress("redis://" + LOOPBACK + ":" + port);
            client = Redisson.create(config);
            map = client.getLocalCachedMap(LocalCachedMapOptions.<String, byte[]>name("redisson-local-map")
                    .codec(new CompositeCodec(
                            org.redisson.client.codec.StringCodec.INSTANCE,
                            org.redisson.client.codec.ByteArrayCodec.INSTANCE))
                    .syncStrategy(SyncStrategy.INVALIDATE));
        }

        @Override
        public void write(long version) {
            // unlike put, it does not ask for the value before
            map.fastPut(KEY, value(version));
        }

        @Override
        public long read() {
            return version(map.get(KEY));
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }

    /**
     * JetCache with both tiers and {@code syncLocal}: the writer publishes which keys changed once Redis has the value. Its
     * {@code put} returns before that, as its users have it.
     */
    private static final class JetCacheBoth implements VersionedKey {
        private static final String KEY = "key";
        private static final String CHANNEL = "jetcache-both-broadcast";

        private final RedisClient client;
        private final SimpleCacheManager caches = new SimpleCacheManager();
        private final com.alicp.jetcache.Cache<String, byte[]> cache;

        JetCacheBoth(int port) {
            client = RedisClient.create(RedisURI.create(LOOPBACK, port));
            RedisLettuceCacheBuilder<?> remote = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                    .redisClient(client)
                    .pubSubConnection(client.connectPubSub(ByteArrayCodec.INSTANCE))
                    .broadcastChannel(CHANNEL);
            CacheBuilderTemplate builders = new CacheBuilderTemplate(
                    false,
                    Map.of(CacheConsts.DEFAULT_AREA, CaffeineCacheBuilder.createCaffeineCacheBuilder()),
                    Map.of(CacheConsts.DEFAULT_AREA, remote));
            builders.getCacheMonitorInstallers().add(new NotifyMonitorInstaller(area -> remote));
            caches.setCacheBuilderTemplate(builders);
            cache = caches.getOrCreateCache(QuickConfig.newBuilder("jetcache-both:")
                    .cacheType(CacheType.BOTH)
                    .syncLocal(true)
                    .expire(TTL)
                    .build());
        }

        @Override
        public void write(long version) {
            cache.put(KEY, value(version));
        }

        @Override
        public long read() {
            return version(cache.get(KEY));
        }

        @Override
        public void close() {
            caches.close();
            client.shutdown(Duration.ZERO, TIMEOUT);
        }
    }
}
