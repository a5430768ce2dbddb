package io.cacheservice.benchmarks;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.CallerThreads;
import io.cacheservice.benchmarks.harness.ClosedLoopSlice;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A hundred keys a call from Clusters of the suite's own on loopback, the keys anywhere in them: from three masters, and from three
 * beside one, which shows what more nodes change.
 */
final class ClusterSuite extends OpenedSuite {
    private static final String LETTUCE = "lettuce-mget";
    private static final String CACHE_SERVICE = "cache-service";
    private static final List<String> SUBJECTS = List.of(LETTUCE, CACHE_SERVICE);
    private static final String ONE_MASTER = "-1-master";
    private static final String THREE_MASTERS = "-3-masters";
    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, Integer> VALUE_BYTES = Map.of("100B", 100, "1KB", 1_024);

    private final Map<Integer, RedisCluster> clusters = new LinkedHashMap<>();
    private final Map<String, Reader> readers = new LinkedHashMap<>();

    ClusterSuite(Selection selection) {
        super(selection);
        library("lettuce", RedisClusterClient.class);
        opening(() -> {
            for (String size : List.of("100B", "1KB")) {
                for (int callers : selection.quick() ? List.of(1, 8) : List.of(1, 8, 64)) {
                    for (CallerThreads kind : CallerThreads.available()) {
                        addThreeMasters(size, callers, kind);
                    }
                }
            }
            addThreeMastersBesideOne("1KB", 8);
        });
    }

    /** Reads many keys; answers how many bytes came. */
    @FunctionalInterface
    private interface Reader {
        long read(List<String> keys);
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.OPERATIONS_PER_SECOND, Metric.SERVER_CPU_MICROS_PER_OPERATION);
    }

    @Override
    public Plan plan() {
        return selection.quick() ? new Plan(1, 3, Duration.ofMillis(280)) : new Plan(2, 5, Duration.ofMillis(400));
    }

    private void addThreeMasters(String size, int callers, CallerThreads kind) {
        String name = "getall100-" + size + "-" + callers + "-" + kind.name().toLowerCase(Locale.ROOT);
        List<String> baselines = List.of(LETTUCE);
        Map<String, Slice> slices = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, SUBJECTS, baselines)) {
            slices.put(subject, slice(3, subject, size, callers, kind));
        }
        add(name, baselines, slices);
    }

    private void addThreeMastersBesideOne(String size, int callers) {
        String name = "getall100-" + size + "-" + callers + "-by-masters";
        List<String> baselines = List.of(LETTUCE + ONE_MASTER, CACHE_SERVICE + ONE_MASTER);
        List<String> subjects = SUBJECTS.stream()
                .flatMap(subject -> List.of(subject + ONE_MASTER, subject + THREE_MASTERS).stream())
                .toList();
        Map<String, Slice> slices = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, subjects, baselines)) {
            int masters = subject.endsWith(ONE_MASTER) ? 1 : 3;
            String client = subject.startsWith(LETTUCE) ? LETTUCE : CACHE_SERVICE;
            slices.put(subject, slice(masters, client, size, callers, CallerThreads.PLATFORM));
        }
        add(name, baselines, slices);
    }

    private Slice slice(int masters, String client, String size, int callers, CallerThreads kind) {
        RedisCluster cluster = clusters.computeIfAbsent(masters, this::start);
        ServerCpu servers = new ServerCpu(
                cluster.nodes().stream().mapToLong(RedisServer::pid).toArray());
        Batches batches = new Batches(client.equals(LETTUCE) ? "lettuce-" + size + ":" : "");
        Reader reader = readers.computeIfAbsent(
                client + "-" + size + "-" + masters, first -> reader(cluster, client, size, batches));
        long expected = (long) Batches.SIZE * VALUE_BYTES.getOrDefault(size, 0);
        ClosedLoopSlice.Call call = name -> {
            long bytes = reader.read(batches.keys(name));
            if (bytes != expected) {
                throw new IllegalStateException("a batch of " + expected + " bytes came as " + bytes);
            }
        };
        return new ClosedLoopSlice(call, batches.names(), callers, kind, servers);
    }

    private RedisCluster start(int masters) {
        RedisCluster cluster = RedisCluster.builder().masters(masters).start();
        open.add(cluster);
        cluster.nodes().forEach(this::own);
        return cluster;
    }

    private Reader reader(RedisCluster cluster, String client, String size, Batches batches) {
        return client.equals(LETTUCE) ? lettuce(cluster, size, batches) : cacheService(cluster, size, batches);
    }

    private Reader lettuce(RedisCluster cluster, String size, Batches batches) {
        RedisServer node = cluster.nodes().get(0);
        RedisClusterClient client = RedisClusterClient.create(RedisURI.create(LOOPBACK, node.port()));
        open.add(() -> client.shutdown(Duration.ZERO, TIMEOUT));
        RedisAdvancedClusterCommands<String, byte[]> commands = client.connect(
                        RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                .sync();
        RandomValues values = values(size);
        for (String key : batches.allKeys()) {
            commands.set(key, values.of(key), SetArgs.Builder.px(TTL.toMillis()));
        }
        return keys -> commands.mget(keys.toArray(String[]::new)).stream()
                .mapToLong(read -> read.getValue().length)
                .sum();
    }

    private Reader cacheService(RedisCluster cluster, String size, Batches batches) {
        CacheService service = CacheService.open(CacheConfig.builder()
                .nodes(cluster.seeds())
                .topology("cluster")
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .maxStaleness(Duration.ZERO)
                .keyPrefix("service-" + size + ":")
                .build());
        open.add(service);
        RandomValues values = values(size);
        for (String key : batches.allKeys()) {
            service.set(key, values.of(key), TTL);
        }
        return keys -> service.getAll(keys).values().stream()
                .mapToLong(read -> read.length)
                .sum();
    }

    private static RandomValues values(String size) {
        return new RandomValues(VALUE_BYTES.getOrDefault(size, 0));
    }
}
