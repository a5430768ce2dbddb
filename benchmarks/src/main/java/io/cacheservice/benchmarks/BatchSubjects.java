package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.SetParams;

/** The clients of the {@code batch} suite, with their defaults unless said. */
final class BatchSubjects {
    static final String LETTUCE = "lettuce";
    /** The cache service, asked for the remaining lives with the values; it writes as {@code cache-service} does. */
    static final String LOOKUP = "cache-service-lookup";

    static final Duration TTL = Duration.ofHours(1);

    // As patient as the others are by default: the suite measures how fast answers come, not when waiting ends.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Map<String, Opener> ALL = all();

    private BatchSubjects() {}

    /** Connects a client. */
    @FunctionalInterface
    private interface Opener {
        BatchClient connect(String host, int port);
    }

    /** The subjects' names, in the order of the table. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** Connects the subject {@code name}. */
    static BatchClient connect(String name, String host, int port) {
        return Objects.requireNonNull(ALL.get(name), name).connect(host, port);
    }

    private static Map<String, Opener> all() {
        Map<String, Opener> subjects = new LinkedHashMap<>();
        subjects.put(LETTUCE, Lettuce::new);
        subjects.put("jedis-pool-64", PooledJedis::new);
        subjects.put("redisson", RedissonBuckets::new);
        subjects.put("spring-data-redis", Spring::new);
        subjects.put("jetcache-remote", JetCache::new);
        subjects.put("cache-service", (host, port) -> new Service(host, port, BatchSubjects::values));
        subjects.put(LOOKUP, (host, port) -> new Service(host, port, BatchSubjects::withTheirLives));
        return subjects;
    }

    private static long bytes(Collection<byte @Nullable []> values) {
        long bytes = 0;
        for (byte[] value : values) {
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }

    /** MGET on one connection that all callers share; SETs with one flush on a connection that a call has for itself. */
    private static final class Lettuce implements BatchClient {
        private static final SetArgs FOR_AN_HOUR = SetArgs.Builder.px(TTL.toMillis());

        private final RedisClient client;
        private final StatefulRedisConnection<String, byte[]> shared;
        private final Queue<StatefulRedisConnection<String, byte[]>> unshared = new ConcurrentLinkedQueue<>();

        Lettuce(String host, int port) {
            client = RedisClient.create(RedisURI.create(host, port));
            shared = connect();
        }

        @Override
        public long getAll(List<String> keys) {
            return shared.sync().mget(keys.toArray(String[]::new)).stream()
                    .mapToLong(read -> read.getValueOrElse(new byte[0]).length)
                    .sum();
        }

        @Override
        public void setAll(Map<String, byte[]> entries) {
            StatefulRedisConnection<String, byte[]> connection = unshared.poll();
            if (connection == null) {
                connection = connect();
                connection.setAutoFlushCommands(false);
            }
            List<RedisFuture<String>> answers = new ArrayList<>();
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                answers.add(connection.async().set(entry.getKey(), entry.getValue(), FOR_AN_HOUR));
            }
            connection.flushCommands();
            if (!LettuceFutures.awaitAll(TIMEOUT, answers.toArray(RedisFuture[]::new))) {
                throw new IllegalStateException("not every SET was answered in " + TIMEOUT);
            }
            unshared.add(connection);
        }

        private StatefulRedisConnection<String, byte[]> connect() {
            return client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        }

        @Override
        public void close() {
            client.shutdown(Duration.ZERO, TIMEOUT);
        }
    }

    /** A pool of 64 connections, one for each call in progress: MGET, and a pipeline of SETs. */
    private static final class PooledJedis implements BatchClient {
        private static final int POOL = 64;
        private static final SetParams FOR_AN_HOUR = SetParams.setParams().px(TTL.toMillis());

        private final redis.clients.jedis.RedisClient client;

        PooledJedis(String host, int port) {
            ConnectionPoolConfig pool = new ConnectionPoolConfig();
            pool.setMaxTotal(POOL);
            pool.setMaxIdle(POOL);
            client = redis.clients.jedis.RedisClient.builder()
                    .hostAndPort(host, port)
                    .poolConfig(pool)
                    .build();
        }

        @Override
        public long getAll(List<String> keys) {
            return bytes(client.mget(keys.stream().map(PooledJedis::encoded).toArray(byte[][]::new)));
        }

        @Override
        public void setAll(Map<String, byte[]> entries) {
            try (Pipeline pipeline = client.pipelined()) {
                entries.forEach((key, value) -> pipeline.set(encoded(key), value, FOR_AN_HOUR));
                for (Object answer : pipeline.syncAndReturnAll()) {
                    if (answer instanceof Exception failure) {
                        throw new IllegalStateException("a SET failed", failure);
                    }
                }
            }
        }

        private static byte[] encoded(String key) {
            return key.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** {@code RBuckets.get}, and an {@code RBatch} of sets, over Redisson's own pool; values as they are. */
    private static final class RedissonBuckets implements BatchClient {
        private static final org.redisson.client.codec.Codec PLAIN = org.redisson.client.codec.ByteArrayCodec.INSTANCE;

        private final RedissonClient client;

        RedissonBuckets(String host, int port) {
            Config config = new Config();
            config.useSingleServer().setAddress("redis://" + host + ":" + port);
            client = Redisson.create(config);
        }

        @Override
        public long getAll(List<String> keys) {
            return bytes(client.getBuckets(PLAIN)
                    .<byte[]>get(keys.toArray(String[]::new))
                    .values());
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // execute() waits for all of them and throws what they throw
        public void setAll(Map<String, byte[]> entries) {
            RBatch batch = client.createBatch();
            entries.forEach((key, value) -> batch.<byte[]>getBucket(key, PLAIN).setAsync(value, TTL));
            batch.execute();
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }

    /** {@code multiGet}, and {@code executePipelined} of sets, over Lettuce. */
    private static final class Spring implements BatchClient {
        private final LettuceConnectionFactory connections;
        private final RedisTemplate<String, byte[]> template = new RedisTemplate<>();

        Spring(String host, int port) {
            connections = new LettuceConnectionFactory(new RedisStandaloneConfiguration(host, port));
            connections.afterPropertiesSet();
            connections.start();
            template.setConnectionFactory(connections);
            template.setKeySerializer(RedisSerializer.string());
            template.setValueSerializer(RedisSerializer.byteArray());
            template.afterPropertiesSet();
        }

        @Override
        public long getAll(List<String> keys) {
            return bytes(Objects.requireNonNull(template.opsForValue().multiGet(keys)));
        }

        @Override
        @SuppressWarnings("NullAway") // executePipelined asks for null
        public void setAll(Map<String, byte[]> entries) {
            template.executePipelined((RedisCallback<Object>) connection -> {
                entries.forEach((key, value) -> connection
                        .stringCommands()
                        .pSetEx(key.getBytes(StandardCharsets.UTF_8), TTL.toMillis(), value));
                return null;
            });
        }

        @Override
        public void close() {
            connections.destroy();
        }
    }

    /** {@code getAll}, and {@code PUT_ALL} with a wait for its result, of a cache without a local tier. */
    private static final class JetCache implements BatchClient {
        private final RedisClient client;
        private final com.alicp.jetcache.Cache<String, byte[]> cache;

        JetCache(String host, int port) {
            client = RedisClient.create(RedisURI.create(host, port));
            cache = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                    .redisClient(client)
                    .keyPrefix("jetcache:")
                    .expireAfterWrite(TTL.toMillis(), TimeUnit.MILLISECONDS)
                    .buildCache();
        }

        @Override
        public long getAll(List<String> keys) {
            return bytes(cache.getAll(new LinkedHashSet<>(keys)).values());
        }

        @Override
        public void setAll(Map<String, byte[]> entries) {
            if (!cache.PUT_ALL(entries).isSuccess()) {
                throw new IllegalStateException("PUT_ALL failed");
            }
        }

        @Override
        public void close() {
            cache.close();
            client.shutdown(Duration.ZERO, TIMEOUT);
        }
    }

    private static long values(CacheService service, List<String> keys) {
        return bytes(service.getAll(keys).values());
    }

    private static long withTheirLives(CacheService service, List<String> keys) {
        long bytes = 0;
        for (Lookup<byte[]> found : service.lookupAll(keys).values()) {
            if (!(found instanceof Lookup.Hit<byte[]> hit) || hit.remaining().isEmpty()) {
                throw new IllegalStateException("a value came without its remaining life: " + found.reason());
            }
            byte[] value = hit.valueOrNull();
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }

    /** A way to read many keys; answers how many bytes came. */
    @FunctionalInterface
    private interface Read {
        long of(CacheService service, List<String> keys);
    }

    /** The cache service without a local tier: every call asks Redis. */
    private static final class Service implements BatchClient {
        private final CacheService service;
        private final Read read;

        Service(String host, int port, Read read) {
            this.read = read;
            service = CacheService.open(CacheConfig.builder()
                    .host(host)
                    .port(port)
                    .readTimeout(TIMEOUT)
                    .writeTimeout(TIMEOUT)
                    .maxStaleness(Duration.ZERO)
                    .build());
        }

        @Override
        public long getAll(List<String> keys) {
            return read.of(service, keys);
        }

        @Override
        public void setAll(Map<String, byte[]> entries) {
            if (!service.setAll(entries, TTL).complete()) {
                throw new IllegalStateException("not every entry was stored");
            }
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
