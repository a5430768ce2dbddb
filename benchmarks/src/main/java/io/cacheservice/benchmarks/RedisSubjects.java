package io.cacheservice.benchmarks;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.params.SetParams;

/** The clients of the {@code redis} suite, with their defaults unless said. */
final class RedisSubjects {
    static final String LETTUCE = "lettuce-sync";
    /** The cache service, asked for the remaining life with the value; it writes as {@code cache-service} does. */
    static final String LOOKUP = "cache-service-lookup";

    static final Duration TTL = Duration.ofHours(1);

    // As patient as the others are by default: the suite measures how fast answers come, not when waiting ends.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Map<String, Opener> ALL = all();

    private RedisSubjects() {}

    /** Connects a client. */
    @FunctionalInterface
    private interface Opener {
        ByteClient connect(String host, int port);
    }

    /** The subjects' names, in the order of the table. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** Connects the subject {@code name}. */
    static ByteClient connect(String name, String host, int port) {
        return Objects.requireNonNull(ALL.get(name), name).connect(host, port);
    }

    private static Map<String, Opener> all() {
        Map<String, Opener> subjects = new LinkedHashMap<>();
        subjects.put(LETTUCE, Lettuce::new);
        subjects.put("jedis-pool-64", PooledJedis::new);
        subjects.put("redisson-bucket", RedissonBucket::new);
        subjects.put("cache-service", (host, port) -> new Service(host, port, CacheService::get));
        subjects.put(LOOKUP, (host, port) -> new Service(host, port, RedisSubjects::withItsLife));
        return subjects;
    }

    /** The synchronous face of one connection that all callers share. */
    private static final class Lettuce implements ByteClient {
        private static final SetArgs FOR_AN_HOUR = SetArgs.Builder.px(TTL.toMillis());

        private final RedisClient client;
        private final RedisCommands<String, byte[]> commands;

        Lettuce(String host, int port) {
            client = RedisClient.create(RedisURI.create(host, port));
            commands = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                    .sync();
        }

        @Override
        public byte @Nullable [] get(String key) {
            return commands.get(key);
        }

        @Override
        public void set(String key, byte[] value) {
            commands.set(key, value, FOR_AN_HOUR);
        }

        @Override
        public void close() {
            client.shutdown(Duration.ZERO, TIMEOUT);
        }
    }

    /** A pool of 64 connections, one for each call in progress. */
    private static final class PooledJedis implements ByteClient {
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
        public byte @Nullable [] get(String key) {
            return client.get(key.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void set(String key, byte[] value) {
            client.set(key.getBytes(StandardCharsets.UTF_8), value, FOR_AN_HOUR);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** A bucket a call over Redisson's own pool, values as they are. */
    private static final class RedissonBucket implements ByteClient {
        private final RedissonClient client;

        RedissonBucket(String host, int port) {
            Config config = new Config();
            config.useSingleServer().setAddress("redis://" + host + ":" + port);
            client = Redisson.create(config);
        }

        @Override
        public byte @Nullable [] get(String key) {
            return client.<byte[]>getBucket(key, org.redisson.client.codec.ByteArrayCodec.INSTANCE)
                    .get();
        }

        @Override
        public void set(String key, byte[] value) {
            client.<byte[]>getBucket(key, org.redisson.client.codec.ByteArrayCodec.INSTANCE)
                    .set(value, TTL);
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }

    private static byte @Nullable [] withItsLife(CacheService service, String key) {
        Lookup<byte[]> found = service.lookup(key);
        if (!(found instanceof Lookup.Hit<byte[]> hit) || hit.remaining().isEmpty()) {
            throw new IllegalStateException(key + " came without its remaining life: " + found.reason());
        }
        return hit.valueOrNull();
    }

    /** A way to read. */
    @FunctionalInterface
    private interface Read {
        byte @Nullable [] of(CacheService service, String key);
    }

    /** The cache service without a local tier: every call asks Redis. */
    private static final class Service implements ByteClient {
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
        public byte @Nullable [] get(String key) {
            return read.of(service, key);
        }

        @Override
        public void set(String key, byte[] value) {
            service.set(key, value, TTL);
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
