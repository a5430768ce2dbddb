package io.cacheservice.redis.histories;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.ConnectionStats;
import io.cacheservice.redis.soak.Vitals;
import io.cacheservice.testkit.history.HistoryRecorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One JVM of a run. It says {@code ops N} every second on its standard output, and {@code undocumented ...} for each new kind of
 * error. It obeys {@code stop} (end the threads, then say {@code stopped}) and {@code judge} (read every key for the last
 * time, then say {@code judged} and end) and {@code vitals} (say what it holds), and ends at once when nobody is there any more to
 * tell it something.
 */
final class Worker {
    /** As many as there are slow loads. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private final RunOptions options;
    private final Jvm jvm;
    private final Set<String> undocumented = ConcurrentHashMap.newKeySet();
    private volatile boolean goingOn = true;

    private Worker(RunOptions options, Jvm jvm) {
        this.options = options;
        this.jvm = jvm;
    }

    /** FOLDER JVM ROUTE SOURCE SETTING=VALUE... -- OPTION VALUE... */
    public static void main(String[] words) throws Exception {
        int end = Arrays.asList(words).indexOf("--");
        RunOptions options = RunOptions.parse(Arrays.copyOfRange(words, end + 1, words.length));
        Worker worker = new Worker(options, Jvm.parse(words[1]));
        List<String> settings = Arrays.asList(words).subList(4, end);
        try {
            worker.run(Path.of(words[0]), ForeignRoute.parse(words[2]), Integer.parseInt(words[3]), settings);
        } finally {
            // Whatever threads are left.
            Runtime.getRuntime().halt(0);
        }
    }

    /** The settings of a service, as a worker and the referee have them. */
    static CacheConfig.Builder settings(RunOptions options, List<String> settings) {
        // without faults a machine under load must not look like one
        Duration timeout = options.faultFree() ? Duration.ofSeconds(10) : Duration.ofMillis(300);
        CacheConfig.Builder config =
                CacheConfig.builder().readTimeout(timeout).writeTimeout(timeout).defaultTtl(Duration.ofHours(1));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            config.put(setting.substring(0, equals), setting.substring(equals + 1), "the run");
        }
        return config;
    }

    private void run(Path folder, ForeignRoute route, int sourcePort, List<String> settings) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
                HistoryRecorder recorder =
                        HistoryRecorder.create(folder.resolve("service-" + jvm.text()), Participants.service(jvm));
                HistoryRecorder foreign =
                        HistoryRecorder.create(folder.resolve("foreign-" + jvm.text()), Participants.foreign(jvm));
                CacheService service = CacheService.builder()
                        .config(settings(options, settings).build())
                        .executor(THREADS)
                        .open();
                Workload workload = Workload.of(options, service, recorder, sourcePort, this::undocumented)) {
            List<Thread> threads = startThreads(route, workload, foreign);
            Runnable progress = () -> say("ops " + (recorder.operations() + foreign.operations()));
            Future<?> ticking = clock.scheduleAtFixedRate(progress, 1, 1, TimeUnit.SECONDS);
            if (options.leaks()) {
                var unused = clock.scheduleAtFixedRate(new Leak(folder), 0, Leak.EACH_MILLIS, TimeUnit.MILLISECONDS);
            }
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                switch (order) {
                    case "vitals" -> say("vitals " + vitals(service).text());
                    case "stop" -> {
                        workload.calm();
                        goingOn = false;
                        for (Thread thread : threads) {
                            thread.join();
                        }
                        ticking.cancel(false);
                        progress.run();
                        say("stopped");
                    }
                    case "judge" -> {
                        workload.judge();
                        say("judged");
                        return;
                    }
                    default -> throw new IllegalArgumentException(order + " is no order");
                }
            }
        } finally {
            clock.shutdownNow();
        }
    }

    /** What this JVM holds, the service in it included, but for what only the run needs. */
    private static Vitals vitals(CacheService service) throws IOException {
        Vitals all = Vitals.ofThisJvm();
        CacheStats stats = service.stats();
        Map<String, Long> figures = new LinkedHashMap<>();
        long plain = PlainConnections.TO_REDIS.count();
        long toSource = PlainConnections.TO_SOURCE.count();
        figures.put("handles", all.figures().getOrDefault("handles", 0L) - plain - toSource);
        figures.put("plain_connections", plain);
        figures.put("source_connections", toSource);
        figures.put("local_bytes", stats.localBytes());
        figures.put("journaled", (long) stats.journaled());
        figures.put(
                "pending",
                stats.connections().stream().mapToLong(ConnectionStats::pending).sum());
        figures.put("connections", (long) stats.connections().size());
        return all.and(figures);
    }

    private List<Thread> startThreads(ForeignRoute route, Workload workload, HistoryRecorder foreign) {
        long pace = TimeUnit.SECONDS.toNanos(1) * options.threads() / options.rate();
        List<Thread> threads = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(options.seed() * 1_000 + Participants.service(jvm));
        for (int i = 0; i < options.threads(); i++) {
            ForeignCalls calls = new ForeignCalls(new ForeignClient(route), foreign);
            Steps steps = workload.steps(jvm, i, random.split(), calls);
            threads.add(new Thread(() -> Steps.runWhile(() -> goingOn, pace, steps), "actor-" + i));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private void undocumented(RuntimeException e) {
        String text = e.toString().replace('\n', ' ');
        if (undocumented.size() < 20 && undocumented.add(text)) {
            say("undocumented " + text);
        }
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
