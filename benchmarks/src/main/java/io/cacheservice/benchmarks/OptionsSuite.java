package io.cacheservice.benchmarks;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.CallerThreads;
import io.cacheservice.benchmarks.harness.ClosedLoopSlice;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What options cost: the same byte entries of 1 KB with and without the breaker, and encrypted. */
final class OptionsSuite extends OpenedSuite {
    private static final String DEFAULT = "default";
    private static final List<String> BASELINES = List.of(DEFAULT);
    private static final List<String> SUBJECTS = List.of(DEFAULT, "no-breaker", "encrypted");
    private static final int KEYS = 2_000;
    private static final int VALUE_BYTES = 1024;
    private static final int KEY_BYTES = 32;
    private static final Duration TTL = Duration.ofHours(1);
    // As in the suite redis: what is measured is how fast answers come, not when waiting ends.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RedisServer server = startRedis();

    OptionsSuite(Selection selection) {
        super(selection);
        library("lettuce", RedisClient.class);
        library("netty", Channel.class);
        Map<String, CacheService> services = new LinkedHashMap<>();
        opening(() -> {
            for (String operation : List.of("get", "set")) {
                for (int callers : List.of(1, 64)) {
                    add(operation, callers, services);
                }
            }
        });
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
        return selection.quick() ? new Plan(1, 3, Duration.ofMillis(300)) : new Plan(3, 15, Duration.ofMillis(600));
    }

    private void add(String operation, int callers, Map<String, CacheService> services) {
        String name = operation + "-1KB-" + callers;
        ServerCpu serverCpu = new ServerCpu(server.pid());
        RandomValues values = new RandomValues(VALUE_BYTES);
        Map<String, Slice> subjects = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, SUBJECTS, BASELINES)) {
            CacheService service = services.computeIfAbsent(subject, this::open);
            String[] keys = new String[KEYS];
            Arrays.setAll(keys, i -> subject + ":" + (100_000 + i));
            for (String key : keys) {
                service.set(key, values.of(key), TTL);
            }
            ClosedLoopSlice.Call call = operation.equals("get")
                    ? key -> requireWhole(key, service.get(key))
                    : key -> service.set(key, values.of(key), TTL);
            subjects.put(subject, new ClosedLoopSlice(call, keys, callers, CallerThreads.PLATFORM, serverCpu));
        }
        add(name, BASELINES, subjects);
    }

    private CacheService open(String subject) {
        CacheConfig.Builder config = CacheConfig.builder()
                .host(LOOPBACK)
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
