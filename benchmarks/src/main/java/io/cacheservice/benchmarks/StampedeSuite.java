package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.benchmarks.stampede.CallerProcess;
import io.cacheservice.benchmarks.stampede.ColdKeys;
import io.cacheservice.benchmarks.stampede.Expiries;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.redisson.Redisson;
import org.springframework.data.redis.cache.RedisCacheWriter;

/**
 * How often the source is asked, and how long callers wait, when many want the same at once; in JVMs and with a Redis of its own
 * on loopback.
 */
final class StampedeSuite implements Suite {
    private static final List<String> BASELINES = List.of(StampedeSubjects.FLOOR);

    private static final int WARM_UP_CALLERS = 32;

    private final boolean quick;
    private final RedisServer server;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();
    private final Set<Long> processes = new LinkedHashSet<>();

    StampedeSuite(Selection selection) {
        quick = selection.quick();
        server = RedisServer.start();
        open.add(server);
        processes.add(server.pid());
        try {
            Map<Scene, List<String>> selected = new LinkedHashMap<>();
            for (Scene scene : Scene.values()) {
                List<String> subjects = selection.subjects(scene.label, scene.subjects(), BASELINES);
                if (!subjects.isEmpty()) {
                    selected.put(scene, subjects);
                }
            }
            open(selected);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** What happens: JVMs, callers in each, and what they ask for. */
    private enum Scene {
        COLD_IN_ONE_JVM("cold-256-threads", 1, 256),
        COLD_IN_FOUR_JVMS("cold-4-jvms", 4, 64),
        EXPIRING("expiring-4-jvms", 4, 64),
        MANY_KEYS("64-cold-keys", 1, 64);

        private final String label;
        private final int jvms;
        private final int callers;

        Scene(String label, int jvms, int callers) {
            this.label = label;
            this.jvms = jvms;
            this.callers = callers;
        }

        /** A key that nobody has loaded is no nearer to its end with one policy of refreshes than with another. */
        List<String> subjects() {
            return StampedeSubjects.names().stream()
                    .filter(name -> this == EXPIRING || !name.equals(StampedeSubjects.NO_REFRESH))
                    .toList();
        }

        Slice slice(List<CallerProcess> jvmsOfAll, int subject, AtomicLong keys) {
            List<CallerProcess> used = jvmsOfAll.subList(0, jvms);
            return this == EXPIRING
                    ? new Expiries(used, subject, callers, keys)
                    : new ColdKeys(used, subject, callers, this == MANY_KEYS, keys);
        }
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.LOADS, Metric.LAST_CALLER_MILLIS, Metric.LOADS_PER_END, Metric.LONGEST_READ_MILLIS);
    }

    @Override
    public Plan plan() {
        return quick ? new Plan(0, 1, Duration.ofMillis(2_400)) : new Plan(0, 5, Duration.ofMillis(2_600));
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
        versions.put("redisson", Environment.versionOf(Redisson.class));
        versions.put("spring-data-redis", Environment.versionOf(RedisCacheWriter.class));
        versions.put("jetcache", Environment.versionOf(RedisLettuceCacheBuilder.class));
        versions.put("lettuce", Environment.versionOf(RedisClient.class));
        versions.put("netty", Environment.versionOf(Channel.class));
        return versions;
    }

    @Override
    public Set<Long> ownProcesses() {
        return Set.copyOf(processes);
    }

    @Override
    public void close() {
        Resources.close(open);
    }

    private void open(Map<Scene, List<String>> selected) {
        if (selected.isEmpty()) {
            return;
        }
        List<String> subjects = StampedeSubjects.names().stream()
                .filter(name -> selected.values().stream().anyMatch(names -> names.contains(name)))
                .toList();
        int jvms =
                selected.keySet().stream().mapToInt(scene -> scene.jvms).max().orElseThrow();
        List<CallerProcess> callers = callers(jvms, subjects);
        AtomicLong keys = new AtomicLong();
        warmUp(callers, subjects.size(), keys);
        selected.forEach((scene, names) -> {
            Map<String, Slice> slices = new LinkedHashMap<>();
            names.forEach(name -> slices.put(name, scene.slice(callers, subjects.indexOf(name), keys)));
            cases.add(new BenchmarkCase(scene.label, BASELINES, slices));
        });
    }

    /** A round has one stampede of each kind: too few for the compiler, which a service that runs for days is done with. */
    private void warmUp(List<CallerProcess> callers, int subjects, AtomicLong keys) {
        for (int i = 0; i < (quick ? 2 : 15); i++) {
            for (int subject = 0; subject < subjects; subject++) {
                new ColdKeys(callers, subject, WARM_UP_CALLERS, false, keys).run(Duration.ZERO);
            }
        }
    }

    private List<CallerProcess> callers(int jvms, List<String> subjects) {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(server.port())));
        arguments.addAll(subjects);
        List<CallerProcess> callers = CallerProcess.start(jvms, StampedeCaller.class, arguments);
        open.addAll(callers);
        processes.addAll(callers.stream().map(CallerProcess::pid).collect(Collectors.toSet()));
        return callers;
    }
}
