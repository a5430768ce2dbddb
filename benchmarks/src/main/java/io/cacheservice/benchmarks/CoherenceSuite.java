package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.benchmarks.lag.LagSlice;
import io.cacheservice.benchmarks.lag.ReaderProcess;
import io.cacheservice.benchmarks.lag.VersionedKey;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.redisson.Redisson;

/** How long after a write has returned here another JVM reads it, with a Redis of its own on loopback. */
final class CoherenceSuite implements Suite {
    private static final String CASE = "write-to-seen";
    private static final List<String> BASELINES = List.of(CoherenceSubjects.FLOOR);

    private final boolean quick;
    private final RedisServer server;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();
    private final Set<Long> processes;

    CoherenceSuite(Selection selection) {
        quick = selection.quick();
        server = RedisServer.start();
        open.add(server);
        try {
            List<String> subjects = selection.subjects(CASE, CoherenceSubjects.names(), BASELINES);
            if (subjects.isEmpty()) {
                processes = Set.of(server.pid());
            } else {
                ReaderProcess reader = reader(subjects);
                processes = Set.of(server.pid(), reader.pid());
                cases.add(new BenchmarkCase(CASE, BASELINES, slices(subjects, reader)));
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    @Override
    public List<Metric> compared() {
        return List.of(
                Metric.P50_MICROS,
                Metric.P99_MICROS,
                Metric.MAX_MICROS,
                Metric.LATER_THAN_A_SECOND,
                Metric.P50_MICROS_FROM_CALL);
    }

    @Override
    public Plan plan() {
        return quick ? new Plan(1, 4, Duration.ofMillis(600)) : new Plan(8, 10, Duration.ofMillis(1_000));
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
        versions.put("redisson", Environment.versionOf(Redisson.class));
        versions.put("jetcache", Environment.versionOf(RedisLettuceCacheBuilder.class));
        versions.put("netty", Environment.versionOf(Channel.class));
        return versions;
    }

    @Override
    public Set<Long> ownProcesses() {
        return processes;
    }

    @Override
    public void close() {
        Resources.close(open);
    }

    private ReaderProcess reader(List<String> subjects) {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(server.port())));
        arguments.addAll(subjects);
        try {
            ReaderProcess reader = ReaderProcess.start(CoherenceReader.class, arguments);
            open.add(reader);
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the reading JVM started", e);
        }
    }

    private Map<String, Slice> slices(List<String> subjects, ReaderProcess reader) {
        AtomicLong versions = new AtomicLong(VersionedKey.ABSENT);
        Map<String, Slice> slices = new LinkedHashMap<>();
        for (String subject : subjects) {
            VersionedKey key = CoherenceSubjects.open(subject, server.port());
            open.add(key);
            slices.put(subject, new LagSlice(key, slices.size(), reader, versions));
        }
        return slices;
    }
}
