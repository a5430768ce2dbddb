package io.cacheservice.benchmarks;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import io.cacheservice.benchmarks.RawSocket.Requests;
import io.cacheservice.benchmarks.harness.CallerThreads;
import io.cacheservice.benchmarks.harness.ClosedLoopSlice;
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
import java.util.Map;
import java.util.Objects;
import org.redisson.Redisson;
import org.springframework.data.redis.core.RedisTemplate;
import redis.clients.jedis.Jedis;

/** A hundred keys of 1 KB a call against a Redis of its own on loopback. Operations are batches. */
final class BatchSuite extends OpenedSuite {
    private static final String GET = "get";
    private static final List<String> BASELINES = List.of(BatchSubjects.LETTUCE, Limit.NAME);
    private static final List<Integer> CALLERS = List.of(1, 8);
    private static final int VALUE_BYTES = 1024;

    private final RedisServer server = startRedis();
    private final ServerCpu serverCpu = new ServerCpu(server.pid());
    private final RandomValues values = new RandomValues(VALUE_BYTES);
    private final Map<String, BatchClient> clients = new LinkedHashMap<>();

    BatchSuite(Selection selection) {
        super(selection);
        library("lettuce", RedisClient.class);
        library("jedis", Jedis.class);
        library("redisson", Redisson.class);
        library("spring-data-redis", RedisTemplate.class);
        library("jetcache", RedisLettuceCacheBuilder.class);
        library("netty", Channel.class);
        opening(() -> {
            for (String operation : List.of(GET, "set")) {
                CALLERS.forEach(callers -> add(operation, callers));
            }
        });
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.OPERATIONS_PER_SECOND);
    }

    @Override
    public Plan plan() {
        return selection.quick() ? new Plan(1, 3, Duration.ofMillis(280)) : new Plan(3, 9, Duration.ofMillis(500));
    }

    private void add(String operation, int callers) {
        String name = operation + "all" + Batches.SIZE + "-1KB-" + callers;
        List<String> subjects = new ArrayList<>(List.of(Limit.NAME));
        subjects.addAll(BatchSubjects.names());
        if (!operation.equals(GET)) {
            subjects.remove(BatchSubjects.LOOKUP);
        }
        Map<String, Slice> slices = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, subjects, BASELINES)) {
            slices.put(
                    subject,
                    subject.equals(Limit.NAME) ? limit(operation, callers) : slice(operation, callers, subject));
        }
        add(name, BASELINES, slices);
    }

    private Slice slice(String operation, int callers, String subject) {
        Batches batches = new Batches(subject + ":");
        BatchClient client = clients.computeIfAbsent(subject, wanted -> {
            BatchClient opened = BatchSubjects.connect(wanted, LOOPBACK, server.port());
            open.add(opened);
            opened.setAll(entries(batches.allKeys()));
            return opened;
        });
        ClosedLoopSlice.Call call = operation.equals(GET) ? getting(client, batches) : setting(client, batches);
        return new ClosedLoopSlice(call, batches.names(), callers, CallerThreads.PLATFORM, serverCpu);
    }

    private static ClosedLoopSlice.Call getting(BatchClient client, Batches batches) {
        return name -> {
            long bytes = client.getAll(batches.keys(name));
            if (bytes != (long) VALUE_BYTES * Batches.SIZE) {
                throw new IllegalStateException(Batches.SIZE + " values came with " + bytes + " bytes");
            }
        };
    }

    private ClosedLoopSlice.Call setting(BatchClient client, Batches batches) {
        Map<String, Map<String, byte[]>> entries = new LinkedHashMap<>();
        for (String name : batches.names()) {
            entries.put(name, entries(batches.keys(name)));
        }
        return name -> client.setAll(Objects.requireNonNull(entries.get(name), name));
    }

    private Map<String, byte[]> entries(List<String> keys) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        keys.forEach(key -> entries.put(key, values.of(key)));
        return entries;
    }

    private Slice limit(String operation, int callers) {
        RawSocket socket = new RawSocket(LOOPBACK, server.port());
        open.add(socket);
        Batches batches = new Batches(Limit.NAME + ":");
        socket.exchange(Requests.set(batches.allKeys(), values, BatchSubjects.TTL));
        List<List<String>> all =
                Arrays.stream(batches.names()).map(batches::keys).toList();
        List<Requests> pipelines = Limit.together(all, callers).stream()
                .map(together -> operation.equals(GET)
                        ? Requests.mget(together, VALUE_BYTES)
                        : Requests.set(together.stream().flatMap(List::stream).toList(), values, BatchSubjects.TTL))
                .toList();
        return Limit.slice(socket, pipelines, callers, serverCpu);
    }
}
