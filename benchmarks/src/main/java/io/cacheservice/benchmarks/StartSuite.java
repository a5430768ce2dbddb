package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.benchmarks.start.Programs;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.data.redis.core.StringRedisTemplate;

/** How long a process takes from its start to the first answer, and what of that is the library's. */
final class StartSuite implements Suite {
    private final boolean quick;
    private final RedisServer server;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();

    StartSuite(Selection selection) {
        quick = selection.quick();
        server = RedisServer.start();
        open.add(server);
        try {
            Programs programs = new Programs(server.port());
            open.add(programs);
            add("local", StartSubjects.localNames(), List.of(StartSubjects.CAFFEINE), selection, programs);
            add("redis", StartSubjects.redisNames(), List.of(StartSubjects.LETTUCE), selection, programs);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void add(
            String name, Collection<String> subjects, List<String> baselines, Selection selection, Programs programs) {
        Map<String, Slice> plain = new LinkedHashMap<>();
        Map<String, Slice> archived = new LinkedHashMap<>();
        String archivedName = name + "-archived";
        for (String subject : selection.subjects(name, subjects, baselines)) {
            plain.put(subject, programs.program(subject, StartSubjects.libraries(subject)));
        }
        for (String subject : selection.subjects(archivedName, subjects, baselines)) {
            archived.put(subject, programs.archived(subject, StartSubjects.libraries(subject)));
        }
        if (!plain.isEmpty()) {
            cases.add(new BenchmarkCase(name, baselines, plain));
        }
        if (!archived.isEmpty()) {
            cases.add(new BenchmarkCase(archivedName, baselines, archived));
        }
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.FIRST_ANSWER_MILLIS, Metric.PROCESS_MILLIS, Metric.PROCESS_CPU_MILLIS);
    }

    @Override
    public Plan plan() {
        return quick ? new Plan(1, 3, Duration.ZERO) : new Plan(1, 11, Duration.ZERO);
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
        versions.put("caffeine", Environment.versionOf(Caffeine.class));
        versions.put("jedis", Environment.versionOf(redis.clients.jedis.RedisClient.class));
        versions.put("lettuce", Environment.versionOf(RedisClient.class));
        versions.put("netty", Environment.versionOf(Channel.class));
        versions.put("spring-data-redis", Environment.versionOf(StringRedisTemplate.class));
        versions.put("jetcache", Environment.versionOf(RedisLettuceCacheBuilder.class));
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
}
