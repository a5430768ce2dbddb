package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.benchmarks.outage.Act;
import io.cacheservice.benchmarks.outage.Filling;
import io.cacheservice.benchmarks.outage.OutagePicture;
import io.cacheservice.benchmarks.outage.OutageSlice;
import io.cacheservice.benchmarks.outage.OutageSource;
import io.cacheservice.benchmarks.outage.OutageSubject;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.redisson.Redisson;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheWriter;

/** What readers of a cache notice while its Redis is a black hole, and what their source has to bear. */
final class OutageSuite extends OpenedSuite {
    private static final List<String> BASELINES = List.of(OutageSubjects.BARE_SOURCE);

    private static final List<Scene> SCENES = List.of(
            // every read asks Redis
            Scene.of(
                    "remote",
                    10_000,
                    "cache-service",
                    "spring",
                    "spring-error-handler",
                    "spring-caught",
                    "jetcache-remote",
                    "redisson",
                    "redisson-caught"),
            // local copies answer for a second
            Scene.of("both", 1_000, "cache-service-both", "jetcache-both"),
            // nobody has said how long to wait for Redis
            Scene.of("defaults", 10_000, "cache-service", "spring-default", "jetcache-default", "redisson-default"));

    private final RedisServer server = startRedis();

    OutageSuite(Selection selection) {
        super(selection);
        library("spring-data-redis", RedisCacheWriter.class);
        library("spring-context", Cache.class);
        library("jetcache", RedisLettuceCacheBuilder.class);
        library("redisson", Redisson.class);
        library("lettuce", RedisClient.class);
        library("netty", Channel.class);
        silenceLogs();
        opening(() -> SCENES.forEach(scene -> {
            List<String> subjects = selection.subjects(scene.label, scene.subjects, BASELINES);
            add(scene.label, BASELINES, slices(scene, subjects));
        }));
    }

    /** Which caches are compared, and how many keys they have. */
    private record Scene(String label, int keys, List<String> subjects) {
        static Scene of(String label, int keys, String... subjects) {
            List<String> all = new ArrayList<>(BASELINES);
            all.addAll(List.of(subjects));
            return new Scene(label, keys, List.copyOf(all));
        }
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.P99_MILLIS);
    }

    @Override
    public Plan plan() {
        return new Plan(selection.quick() ? 0 : 1, selection.quick() ? 1 : 5, act().whole());
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("callers", OutageSlice.CALLERS);
        details.put("sourceMillis", OutageSource.LOAD_TIME.toMillis());
        details.put("faultAtMillis", faultAtMillis());
        details.put("repairAtMillis", repairAtMillis());
        details.put("p99MillisPer100Millis", timelines());
        return details;
    }

    @Override
    public Map<String, String> pictures() {
        Map<String, String> pictures = new LinkedHashMap<>();
        OutagePicture picture = new OutagePicture(
                OutageSlice.CALLERS, OutageSource.LOAD_TIME.toMillis(), faultAtMillis(), repairAtMillis());
        timelines().forEach((scene, bySubject) -> pictures.put("outage-" + scene, picture.svg(scene, bySubject)));
        return pictures;
    }

    private Map<String, Map<String, List<Double>>> timelines() {
        Map<String, Map<String, List<Double>>> byCase = new LinkedHashMap<>();
        for (BenchmarkCase each : cases()) {
            Map<String, List<Double>> bySubject = new LinkedHashMap<>();
            each.subjects()
                    .forEach((subject, slice) ->
                            bySubject.put(subject, ((OutageSlice) slice).timeline(plan().warmUpRounds())));
            byCase.put(each.name(), bySubject);
        }
        return byCase;
    }

    private long faultAtMillis() {
        return act().before().toMillis();
    }

    private long repairAtMillis() {
        return act().before().plus(act().fault()).toMillis();
    }

    private Act act() {
        Duration second = Duration.ofSeconds(1);
        return selection.quick()
                ? new Act(Duration.ofMillis(500), second, Duration.ofMillis(1_500), Duration.ofMillis(800))
                : new Act(Duration.ofMillis(500), second, Duration.ofSeconds(2), Duration.ofMillis(800));
    }

    /** Some libraries log a line, and a stack with it, for each read that fails: a console would be what is measured. */
    private void silenceLogs() {
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.setLevel(Level.OFF);
        open.add(() -> root.setLevel(before));
    }

    private Map<String, Slice> slices(Scene scene, List<String> subjects) {
        String[] keys = new String[scene.keys];
        Arrays.setAll(keys, i -> "key-" + (100_000 + i));
        Map<String, Slice> slices = new LinkedHashMap<>();
        for (String name : subjects) {
            OutageSubject subject = OutageSubjects.open(name, server.port(), open);
            if (subject.link() != null) {
                Filling.of(subject.cache(), keys);
            }
            slices.put(name, new OutageSlice(subject, keys, act()));
        }
        return slices;
    }
}
