package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.redisson.Redisson;
import org.springframework.data.redis.cache.RedisCacheWriter;

/**
 * How often the source is asked, and how long callers wait, when many want the same at once; in JVMs and with a Redis of its own
 * on loopback.
 */
final class StampedeSuite extends OpenedSuite {
    private static final List<String> BASELINES = List.of(StampedeSubjects.FLOOR);

    private static final int WARM_UP_CALLERS = 32;

    private final RedisServer server = startRedis();

    StampedeSuite(Selection selection) {
        super(selection);
        library("redisson", Redisson.class);
        library("spring-data-redis", RedisCacheWriter.class);
        library("jetcache", RedisLettuceCacheBuilder.class);
        library("lettuce", RedisClient.class);
        library("netty", Channel.class);
        opening(() -> {
            Map<Scene, List<String>> selected = new LinkedHashMap<>();
            for (Scene scene : Scene.values()) {
                List<String> subjects = selection.subjects(scene.label, scene.subjects(), BASELINES);
                if (!subjects.isEmpty()) {
                    selected.put(scene, subjects);
                }
            }
            open(selected);
        });
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
        return selection.quick() ? new Plan(0, 1, Duration.ofMillis(2_400)) : new Plan(0, 5, Duration.ofMillis(2_600));
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
            add(scene.label, BASELINES, slices);
        });
    }

    /** A round has one stampede of each kind: too few for the compiler, which a service that runs for days is done with. */
    private void warmUp(List<CallerProcess> callers, int subjects, AtomicLong keys) {
        for (int i = 0; i < (selection.quick() ? 2 : 15); i++) {
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
