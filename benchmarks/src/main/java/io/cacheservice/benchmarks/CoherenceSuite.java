package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
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
import java.util.concurrent.atomic.AtomicLong;
import org.redisson.Redisson;

/** How long after a write has returned here another JVM reads it, with a Redis of its own on loopback. */
final class CoherenceSuite extends OpenedSuite {
    private static final String CASE = "write-to-seen";
    private static final List<String> BASELINES = List.of(CoherenceSubjects.FLOOR);

    private final RedisServer server = startRedis();

    CoherenceSuite(Selection selection) {
        super(selection);
        library("lettuce", RedisClient.class);
        library("redisson", Redisson.class);
        library("jetcache", RedisLettuceCacheBuilder.class);
        library("netty", Channel.class);
        opening(() -> {
            List<String> subjects = selection.subjects(CASE, CoherenceSubjects.names(), BASELINES);
            if (!subjects.isEmpty()) {
                add(CASE, BASELINES, slices(subjects, reader(subjects)));
            }
        });
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
        return selection.quick() ? new Plan(1, 4, Duration.ofMillis(600)) : new Plan(8, 10, Duration.ofMillis(1_000));
    }

    private ReaderProcess reader(List<String> subjects) {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(server.port())));
        arguments.addAll(subjects);
        try {
            ReaderProcess reader = ReaderProcess.start(CoherenceReader.class, arguments);
            open.add(reader);
            processes.add(reader.pid());
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
