package io.cacheservice.benchmarks;

import io.cacheservice.AsyncCache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats.CompressionStats;
import io.cacheservice.Compression;
import io.cacheservice.EntryOptions;
import io.cacheservice.Tiers;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The ways of storing documents: without a cache, with the byte interface in each way, and in a typed cache. */
final class CompressionSubjects {
    /** {@code SET} through a plain Lettuce connection. */
    static final String PLAIN = "plain-set";

    private static final String TYPED = "-typed";
    private static final List<String> NAMES =
            List.of(PLAIN, "none", "lz4", "zstd", "auto", "none" + TYPED, "auto" + TYPED);

    private static final int LEARNT = 2_000;
    private static final int READ = 20_000;
    private static final int AT_ONCE = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String KEY_PREFIX = "cache::";

    private final List<AutoCloseable> open;
    private final Set<Long> processes;
    private final List<byte[]> learnt = new ArrayList<>();
    private final List<byte[]> documents = new ArrayList<>();
    private final long bytes;

    CompressionSubjects(int count, List<AutoCloseable> open, Set<Long> processes) {
        this.open = open;
        this.processes = processes;
        SmallDocuments all = new SmallDocuments(42);
        for (int i = 0; i < LEARNT; i++) {
            learnt.add(all.next());
        }
        for (int i = 0; i < count; i++) {
            documents.add(all.next());
        }
        bytes = documents.stream().mapToLong(document -> document.length).sum();
    }

    static List<String> names() {
        return NAMES;
    }

    Slice open(String name) {
        RedisServer server = RedisServer.start();
        open.add(server);
        processes.add(server.pid());
        long empty = usedMemory(server);
        return name.equals(PLAIN) ? plain(server, empty) : cached(name, server, empty);
    }

    private Slice plain(RedisServer server, long empty) {
        RedisClient client = RedisClient.create(server.url());
        open.add(client::shutdown);
        StatefulRedisConnection<String, byte[]> connection =
                client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        open.add(connection);
        return length -> {
            fill(
                    documents,
                    (key, value) ->
                            connection.async().set(KEY_PREFIX + key, value).toCompletableFuture());
            Map<Metric, Double> seen = new EnumMap<>(Metric.class);
            seen.put(Metric.COMPRESSION_RATIO, 1.0);
            seen.put(Metric.STORED_BYTES_PER_VALUE, (double) bytes / documents.size());
            seen.put(Metric.SERVER_BYTES_PER_VALUE, perValue(usedMemory(server) - empty));
            return seen;
        };
    }

    private Slice cached(String name, RedisServer server, long empty) {
        boolean typed = name.endsWith(TYPED);
        Compression choice = Compression.valueOf(name.replace(TYPED, "").toUpperCase(Locale.ROOT));
        CacheService service = CacheService.open(CacheConfig.builder()
                .url(server.url())
                .maxStaleness(Duration.ZERO)
                .connectTimeout(Duration.ofSeconds(20))
                .readTimeout(Duration.ofSeconds(20))
                .writeTimeout(Duration.ofSeconds(20))
                .compression(choice.name().toLowerCase(Locale.ROOT))
                .build());
        open.add(service);
        AsyncCache<String, String> cache = service.cache("documents", String.class)
                .tiers(Tiers.REMOTE_ONLY)
                .open()
                .async();
        BiFunction<String, byte[], CompletableFuture<?>> put = typed
                ? (key, value) -> cache.put(key, new String(value, StandardCharsets.UTF_8), EntryOptions.noExpiry())
                : (key, value) -> service.async().set(key, value, EntryOptions.noExpiry());
        Function<String, CompletableFuture<?>> get = typed ? cache::get : service.async()::get;
        if (choice == Compression.AUTO) {
            learn(service, put);
        }
        return length -> measured(service, server, empty, put, get);
    }

    /** Puts other documents until there is a dictionary. */
    private void learn(CacheService service, BiFunction<String, byte[], CompletableFuture<?>> put) {
        fill(learnt, put);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (service.stats().compression().trained() == 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no dictionary was trained within " + PATIENCE);
            }
            put.apply("000000000000000", learnt.get(0)).join();
        }
    }

    private Map<Metric, Double> measured(
            CacheService service,
            RedisServer server,
            long empty,
            BiFunction<String, byte[], CompletableFuture<?>> put,
            Function<String, CompletableFuture<?>> get) {
        CompressionStats before = service.stats().compression();
        fill(documents, put);
        int read = Math.min(READ, documents.size());
        for (int from = 0; from < read; from += AT_ONCE) {
            List<CompletableFuture<?>> reads = new ArrayList<>(AT_ONCE);
            for (int i = from; i < from + AT_ONCE; i++) {
                reads.add(get.apply(key(i)));
            }
            reads.forEach(CompletableFuture::join);
        }
        CompressionStats after = service.stats().compression();
        long stored = bytes - (after.savedBytes() - before.savedBytes());
        Map<Metric, Double> seen = new EnumMap<>(Metric.class);
        seen.put(Metric.COMPRESSION_RATIO, (double) bytes / stored);
        seen.put(Metric.STORED_BYTES_PER_VALUE, perValue(stored));
        seen.put(Metric.COMPRESS_NANOS_PER_VALUE, perValue(after.compressNanos() - before.compressNanos()));
        seen.put(
                Metric.DECOMPRESS_NANOS_PER_VALUE,
                (double) (after.decompressNanos() - before.decompressNanos()) / read);
        seen.put(Metric.SERVER_BYTES_PER_VALUE, perValue(usedMemory(server) - empty));
        return seen;
    }

    private static void fill(List<byte[]> values, BiFunction<String, byte[], CompletableFuture<?>> put) {
        for (int from = 0; from < values.size(); from += AT_ONCE) {
            List<CompletableFuture<?>> writes = new ArrayList<>(AT_ONCE);
            for (int i = from; i < Math.min(values.size(), from + AT_ONCE); i++) {
                writes.add(put.apply(key(i), values.get(i)));
            }
            writes.forEach(CompletableFuture::join);
        }
    }

    /** With the prefix in Redis, 22 bytes. */
    private static String key(int number) {
        return String.format(Locale.ROOT, "doc%012d", number);
    }

    private double perValue(long total) {
        return (double) total / documents.size();
    }

    private static long usedMemory(RedisServer server) {
        return String.valueOf(server.command("INFO", "memory"))
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
