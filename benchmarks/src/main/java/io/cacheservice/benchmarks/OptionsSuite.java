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
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What options cost: the same byte entries of 1 KB with and without the breaker, and encrypted. */
final class OptionsSuite implements Suite {
    private static final String DEFAULT = "default";
    private static final List<String> BASELINES = List.of(DEFAULT);
    private static final List<String> SUBJECTS = List.of(DEFAULT, "no-breaker", "encrypted");
    private static final int KEYS = 2_000;
    private static final int VALUE_BYTES = 1024;
    private static final int KEY_BYTES = 32;
    private static final Duration TTL = Duration.ofHours(1);
    // As in the suite redis: what is measured is how fast answers come, not when waiting ends.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final boolean quick;
    private final RedisServer server;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();

    OptionsSuite(Selection selection) {
        quick = selection.quick();
        server = RedisServer.start();
        open.add(server);
        try {
            Map<String, CacheService> services = new LinkedHashMap<>();
            for (String operation : List.of("get", "set")) {
                for (int callers : List.of(1, 64)) {
                    add(operation, callers, selection, services);
                }
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    @Override
    public List<Metric> compared() {
        return List.of(
                Metric.OPERATIONS_PER_SECOND,
                Metric.CLIENT_CPU_MICROS_PER_OPERATION,
                Metric.ALLOCATED_BYTES_PER_OPERATION);
    }

    @Override
    public Plan plan() {
        return quick ? new Plan(1, 3, Duration.ofMillis(300)) : new Plan(3, 15, Duration.ofMillis(600));
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

    private void add(String operation, int callers, Selection selection, Map<String, CacheService> services) {
        String name = operation + "-1KB-" + callers;
        ServerCpu serverCpu = new ServerCpu(server.pid());
        byte[] value = new byte[VALUE_BYTES];
        new Random(1).nextBytes(value);
        Map<String, Slice> subjects = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, SUBJECTS, BASELINES)) {
            CacheService service = services.computeIfAbsent(subject, this::open);
            String[] keys = new String[KEYS];
            Arrays.setAll(keys, i -> subject + ":" + (100_000 + i));
            for (String key : keys) {
                service.set(key, value, TTL);
            }
            ClosedLoopSlice.Call call = operation.equals("get")
                    ? key -> requireWhole(key, service.get(key))
                    : key -> service.set(key, value, TTL);
            subjects.put(subject, new ClosedLoopSlice(call, keys, callers, CallerThreads.PLATFORM, serverCpu));
        }
        if (!subjects.isEmpty()) {
            cases.add(new BenchmarkCase(name, BASELINES, subjects));
        }
    }

    private CacheService open(String subject) {
        CacheConfig.Builder config = CacheConfig.builder()
                .host("127.0.0.1")
                .port(server.port())
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .maxStaleness(Duration.ZERO);
        switch (subject) {
            case "no-breaker" -> config.breakerPause(Duration.ZERO);
            case "encrypted" -> config.encryptionKeysFile(keysFile().toString());
            default -> config.breakerPause(Duration.ofSeconds(1));
        }
        CacheService service = CacheService.open(config.build());
        open.add(service);
        return service;
    }

    private Path keysFile() {
        byte[] key = new byte[KEY_BYTES];
        new Random(2).nextBytes(key);
        try {
            Path file = Files.createTempFile("benchmark-keys", "");
            open.add(() -> Files.deleteIfExists(file));
            return Files.writeString(file, "1 " + Base64.getEncoder().encodeToString(key) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the file of keys could not be written", e);
        }
    }

    private static void requireWhole(String key, byte @Nullable [] value) {
        if (value == null || value.length != VALUE_BYTES) {
            throw new IllegalStateException(key + " does not hold its " + VALUE_BYTES + " bytes");
        }
    }
}
