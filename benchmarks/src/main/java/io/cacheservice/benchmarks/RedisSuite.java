package io.cacheservice.benchmarks;

import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.CallerThreads;
import io.cacheservice.benchmarks.harness.ClosedLoopSlice;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.ServerCpu;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.redisson.Redisson;
import redis.clients.jedis.Jedis;

/** One key a call against a Redis of its own on loopback: get and set, small to large values, one to many callers. */
final class RedisSuite implements Suite {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int KEYS = 2_000;
    private static final Map<String, Integer> VALUE_BYTES = valueBytes();
    private static final List<Integer> CALLERS = List.of(1, 8, 64, 256);

    private final boolean quick;
    private final Selection selection;
    private final RedisServer server;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, ByteClient> clients = new LinkedHashMap<>();
    private final Map<String, String[]> keys = new LinkedHashMap<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();

    RedisSuite(Selection selection) {
        this.selection = selection;
        quick = selection.quick();
        server = RedisServer.start();
        open.add(server);
        try {
            for (String operation : List.of("get", "set")) {
                for (String size : quick ? List.of("1KB") : VALUE_BYTES.keySet()) {
                    for (int callers : CALLERS) {
                        for (CallerThreads kind : CallerThreads.available()) {
                            add(operation, size, callers, kind);
                        }
                    }
                }
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.OPERATIONS_PER_SECOND);
    }

    @Override
    public Plan plan() {
        return quick ? new Plan(1, 3, Duration.ofMillis(280)) : new Plan(2, 5, Duration.ofMillis(400));
    }

    @Override
    public List<BenchmarkCase> cases() {
        return List.copyOf(cases);
    }

    @Override
    public Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put(server.engine() + "-server", server.version());
        versions.put("cache-service", Environment.versionOf(CacheService.class));
        versions.put("lettuce", Environment.versionOf(RedisClient.class));
        versions.put("jedis", Environment.versionOf(Jedis.class));
        versions.put("redisson", Environment.versionOf(Redisson.class));
        versions.put("netty", Environment.versionOf(Channel.class));
        return versions;
    }

    @Override
    public Set<Long> ownProcesses() {
        return Set.of(server.pid());
    }

    @Override
    public void close() {
        Resources.close(open);
    }

    private void add(String operation, String size, int callers, CallerThreads kind) {
        String name = operation + "-" + size + "-" + callers + "-" + kind.name().toLowerCase(Locale.ROOT);
        List<String> baselines = List.of(RedisSubjects.LETTUCE);
        ServerCpu serverCpu = new ServerCpu(server.pid());
        Map<String, Slice> subjects = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, RedisSubjects.names(), baselines)) {
            ByteClient client = client(subject);
            ClosedLoopSlice.Call call = operation.equals("get") ? getting(client, size) : setting(client, size);
            subjects.put(subject, new ClosedLoopSlice(call, stored(subject, client, size), callers, kind, serverCpu));
        }
        if (!subjects.isEmpty()) {
            cases.add(new BenchmarkCase(name, baselines, subjects));
        }
    }

    private ByteClient client(String subject) {
        return clients.computeIfAbsent(subject, wanted -> {
            ByteClient client = RedisSubjects.connect(wanted, LOOPBACK, server.port());
            open.add(client);
            return client;
        });
    }

    // Each subject has keys of its own: what one writes, another need not understand.
    private String[] stored(String subject, ByteClient client, String size) {
        return keys.computeIfAbsent(subject + ":" + size, prefix -> {
            String[] names = new String[KEYS];
            Arrays.setAll(names, i -> prefix + ":" + (100_000 + i));
            for (String name : names) {
                client.set(name, value(size));
            }
            return names;
        });
    }

    private static ClosedLoopSlice.Call getting(ByteClient client, String size) {
        int expected = value(size).length;
        return key -> {
            byte[] value = client.get(key);
            if (value == null || value.length != expected) {
                throw new IllegalStateException(key + " should hold " + expected + " bytes but holds "
                        + (value == null ? "nothing" : value.length + " bytes"));
            }
        };
    }

    private static ClosedLoopSlice.Call setting(ByteClient client, String size) {
        byte[] value = value(size);
        return key -> client.set(key, value);
    }

    private static byte[] value(String size) {
        byte[] value = new byte[VALUE_BYTES.getOrDefault(size, 0)];
        new Random(1).nextBytes(value);
        return value;
    }

    private static Map<String, Integer> valueBytes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("100B", 100);
        sizes.put("1KB", 1024);
        sizes.put("10KB", 10 * 1024);
        return sizes;
    }
}
