package io.cacheservice.benchmarks;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.CallerThreads;
import io.cacheservice.benchmarks.harness.ClosedLoopSlice;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.ServerCpu;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A hundred keys a call from a Cluster of three masters of its own on loopback, the keys anywhere in it. */
final class ClusterSuite implements Suite {
    private static final String LETTUCE = "lettuce-mget";
    private static final String CACHE_SERVICE = "cache-service";
    private static final int KEYS = 2_000;
    private static final int BATCH = 100;
    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, Integer> VALUE_BYTES = Map.of("100B", 100, "1KB", 1_024);

    private final Selection selection;
    private final RedisCluster cluster;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();

    ClusterSuite(Selection selection) {
        this.selection = selection;
        cluster = RedisCluster.start();
        open.add(cluster);
        try {
            for (String size : List.of("100B", "1KB")) {
                Map<String, Reader> readers = readers(size);
                for (int callers : selection.quick() ? List.of(1, 8) : List.of(1, 8, 64)) {
                    for (CallerThreads kind : CallerThreads.available()) {
                        add(size, callers, kind, readers);
                    }
                }
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Reads many keys; answers how many bytes came. */
    @FunctionalInterface
    private interface Reader {
        long read(List<String> keys);
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.OPERATIONS_PER_SECOND);
    }

    @Override
    public Plan plan() {
        return selection.quick() ? new Plan(1, 3, Duration.ofMillis(280)) : new Plan(2, 5, Duration.ofMillis(400));
    }

    @Override
    public List<BenchmarkCase> cases() {
        return List.copyOf(cases);
    }

    @Override
    public Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        RedisServer node = cluster.nodes().get(0);
        versions.put(node.engine() + "-server", node.version());
        versions.put("cache-service", Environment.versionOf(CacheService.class));
        versions.put("lettuce", Environment.versionOf(RedisClusterClient.class));
        return versions;
    }

    @Override
    public Set<Long> ownProcesses() {
        return cluster.nodes().stream().map(RedisServer::pid).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        Resources.close(open);
    }

    private void add(String size, int callers, CallerThreads kind, Map<String, Reader> readers) {
        String name = "getall100-" + size + "-" + callers + "-" + kind.name().toLowerCase(Locale.ROOT);
        ServerCpu servers = new ServerCpu(
                cluster.nodes().stream().mapToLong(RedisServer::pid).toArray());
        Map<String, List<String>> batches = batches();
        long expected = (long) BATCH * VALUE_BYTES.getOrDefault(size, 0);
        Map<String, Slice> subjects = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, readers.keySet(), List.of(LETTUCE))) {
            Reader reader = Objects.requireNonNull(readers.get(subject), subject);
            ClosedLoopSlice.Call call = batch -> {
                long bytes = reader.read(Objects.requireNonNull(batches.get(batch), batch));
                if (bytes != expected) {
                    throw new IllegalStateException("a batch of " + expected + " bytes came as " + bytes);
                }
            };
            subjects.put(
                    subject,
                    new ClosedLoopSlice(call, batches.keySet().toArray(String[]::new), callers, kind, servers));
        }
        if (!subjects.isEmpty()) {
            cases.add(new BenchmarkCase(name, List.of(LETTUCE), subjects));
        }
    }

    private static Map<String, List<String>> batches() {
        Random random = new Random(1);
        Map<String, List<String>> batches = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            batches.put(
                    "batch-" + i,
                    random.ints(0, KEYS)
                            .distinct()
                            .limit(BATCH)
                            .mapToObj(k -> "key:" + k)
                            .toList());
        }
        return batches;
    }

    private Map<String, Reader> readers(String size) {
        byte[] value = new byte[VALUE_BYTES.getOrDefault(size, 0)];
        new Random(1).nextBytes(value);
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put(LETTUCE, lettuce(size, value));
        readers.put(CACHE_SERVICE, cacheService(size, value));
        return readers;
    }

    private Reader lettuce(String size, byte[] value) {
        RedisServer node = cluster.nodes().get(0);
        RedisClusterClient client = RedisClusterClient.create(RedisURI.create("127.0.0.1", node.port()));
        open.add(() -> client.shutdown(Duration.ZERO, TIMEOUT));
        RedisAdvancedClusterCommands<String, byte[]> commands = client.connect(
                        RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                .sync();
        String prefix = "lettuce-" + size + ":";
        for (int i = 0; i < KEYS; i++) {
            commands.set(prefix + "key:" + i, value, SetArgs.Builder.px(TTL.toMillis()));
        }
        return keys -> commands.mget(keys.stream().map(prefix::concat).toArray(String[]::new)).stream()
                .mapToLong(read -> read.getValue().length)
                .sum();
    }

    private Reader cacheService(String size, byte[] value) {
        CacheService service = CacheService.open(CacheConfig.builder()
                .nodes(cluster.seeds())
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .maxStaleness(Duration.ZERO)
                .keyPrefix("service-" + size + ":")
                .build());
        open.add(service);
        for (int i = 0; i < KEYS; i++) {
            service.set("key:" + i, value, TTL);
        }
        return keys -> service.getAll(keys).values().stream()
                .mapToLong(read -> read.length)
                .sum();
    }
}
