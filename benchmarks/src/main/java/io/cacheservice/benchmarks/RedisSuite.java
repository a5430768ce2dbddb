package io.cacheservice.benchmarks;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.redisson.Redisson;
import redis.clients.jedis.Jedis;

/** One key a call against a Redis of its own on loopback: get and set, small to large values, one to many callers. */
final class RedisSuite extends OpenedSuite {
    private static final String GET = "get";
    private static final List<String> BASELINES = List.of(RedisSubjects.LETTUCE, Limit.NAME);
    private static final int KEYS = 2_000;
    private static final String USUAL_SIZE = "1KB";
    private static final Map<String, Integer> VALUE_BYTES = valueBytes();
    private static final List<Integer> CALLERS = List.of(1, 8, 64, 256);

    private final RedisServer server = startRedis();
    private final ServerCpu serverCpu = new ServerCpu(server.pid());
    private final Map<String, ByteClient> clients = new LinkedHashMap<>();
    private final Map<String, RandomValues> values = new HashMap<>();
    private final Map<String, String[]> keys = new LinkedHashMap<>();

    RedisSuite(Selection selection) {
        super(selection);
        library("lettuce", RedisClient.class);
        library("jedis", Jedis.class);
        library("redisson", Redisson.class);
        library("netty", Channel.class);
        opening(() -> {
            for (String operation : List.of(GET, "set")) {
                for (String size : selection.quick() ? List.of(USUAL_SIZE) : VALUE_BYTES.keySet()) {
                    for (int callers : CALLERS) {
                        for (CallerThreads kind : kinds(size)) {
                            add(operation, size, callers, kind);
                        }
                    }
                }
            }
        });
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.OPERATIONS_PER_SECOND);
    }

    @Override
    public Plan plan() {
        return selection.quick() ? new Plan(1, 3, Duration.ofMillis(280)) : new Plan(2, 5, Duration.ofMillis(400));
    }

    // What virtual threads change is seen with one size; the time is better spent on more subjects.
    private static List<CallerThreads> kinds(String size) {
        return size.equals(USUAL_SIZE) ? CallerThreads.available() : List.of(CallerThreads.PLATFORM);
    }

    private void add(String operation, String size, int callers, CallerThreads kind) {
        String name = operation + "-" + size + "-" + callers + "-" + kind.name().toLowerCase(Locale.ROOT);
        List<String> subjects = new ArrayList<>(List.of(Limit.NAME));
        subjects.addAll(RedisSubjects.names());
        if (!operation.equals(GET)) {
            subjects.remove(RedisSubjects.LOOKUP);
        }
        Map<String, Slice> slices = new LinkedHashMap<>();
        for (String subject : selection.subjects(name, subjects, BASELINES)) {
            slices.put(
                    subject,
                    subject.equals(Limit.NAME)
                            ? limit(operation, size, callers)
                            : slice(operation, size, callers, kind, subject));
        }
        add(name, BASELINES, slices);
    }

    private Slice slice(String operation, String size, int callers, CallerThreads kind, String subject) {
        ByteClient client = client(subject);
        ClosedLoopSlice.Call call = operation.equals(GET) ? getting(client, size) : setting(client, size);
        return new ClosedLoopSlice(call, stored(subject, client, size), callers, kind, serverCpu);
    }

    private Slice limit(String operation, String size, int callers) {
        RawSocket socket = new RawSocket(LOOPBACK, server.port());
        open.add(socket);
        RandomValues values = values(size);
        List<String> all = IntStream.range(0, KEYS)
                .mapToObj(i -> Limit.NAME + ":" + size + ":" + (100_000 + i))
                .toList();
        List<List<String>> groups = Limit.together(all, callers);
        List<Requests> sets = groups.stream()
                .map(keys -> Requests.set(keys, values, RedisSubjects.TTL))
                .toList();
        sets.forEach(socket::exchange);
        List<Requests> gets =
                groups.stream().map(keys -> Requests.get(keys, values.length())).toList();
        return Limit.slice(socket, operation.equals(GET) ? gets : sets, callers, serverCpu);
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
                client.set(name, values(size).of(name));
            }
            return names;
        });
    }

    private static ClosedLoopSlice.Call getting(ByteClient client, String size) {
        int expected = VALUE_BYTES.getOrDefault(size, 0);
        return key -> {
            byte[] value = client.get(key);
            if (value == null || value.length != expected) {
                throw new IllegalStateException(key + " should hold " + expected + " bytes but holds "
                        + (value == null ? "nothing" : value.length + " bytes"));
            }
        };
    }

    private ClosedLoopSlice.Call setting(ByteClient client, String size) {
        RandomValues values = values(size);
        return key -> client.set(key, values.of(key));
    }

    private RandomValues values(String size) {
        return values.computeIfAbsent(size, named -> new RandomValues(VALUE_BYTES.getOrDefault(named, 0)));
    }

    private static Map<String, Integer> valueBytes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("100B", 100);
        sizes.put(USUAL_SIZE, 1024);
        sizes.put("10KB", 10 * 1024);
        return sizes;
    }
}
