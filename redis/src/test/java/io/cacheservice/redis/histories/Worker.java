package io.cacheservice.redis.histories;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.history.HistoryRecorder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One JVM of a run. It says {@code ops N} every second on its standard output, and {@code undocumented ...} for each new kind of
 * error. It obeys {@code stop} (end the threads, then say {@code stopped}) and {@code judge} (read every key for the last
 * time, then say {@code judged} and end), and ends at once when nobody is there any more to tell it something.
 */
final class Worker {
    private final RunOptions options;
    private final int jvm;
    private final Set<String> undocumented = ConcurrentHashMap.newKeySet();
    private volatile boolean goingOn = true;

    private Worker(RunOptions options, int jvm) {
        this.options = options;
        this.jvm = jvm;
    }

    /** FOLDER JVM ROUTE SETTING=VALUE... -- OPTION VALUE... */
    public static void main(String[] words) throws Exception {
        int end = Arrays.asList(words).indexOf("--");
        RunOptions options = RunOptions.parse(Arrays.copyOfRange(words, end + 1, words.length));
        Worker worker = new Worker(options, Integer.parseInt(words[1]));
        List<String> settings = Arrays.asList(words).subList(3, end);
        try {
            worker.run(Path.of(words[0]), ForeignRoute.parse(words[2]), settings);
        } finally {
            // Whatever threads are left.
            Runtime.getRuntime().halt(0);
        }
    }

    /** The settings of a service, as a worker and the referee have them. */
    static CacheConfig.Builder settings(List<String> settings) {
        CacheConfig.Builder config = CacheConfig.builder()
                .readTimeout(Duration.ofMillis(300))
                .writeTimeout(Duration.ofMillis(300))
                .defaultTtl(Duration.ofHours(1));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            config.put(setting.substring(0, equals), setting.substring(equals + 1), "the run");
        }
        return config;
    }

    private void run(Path folder, ForeignRoute route, List<String> settings) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
                HistoryRecorder recorder =
                        HistoryRecorder.create(folder.resolve("service-" + jvm), Participants.service(jvm));
                HistoryRecorder foreign =
                        HistoryRecorder.create(folder.resolve("foreign-" + jvm), Participants.foreign(jvm));
                CacheService service = CacheService.open(settings(settings).build())) {
            Caches caches = new Caches(service, recorder, new DeafCopies(options.deafCopies()));
            List<Thread> threads = startThreads(route, caches, foreign);
            Runnable progress = () -> say("ops " + (recorder.operations() + foreign.operations()));
            Future<?> ticking = clock.scheduleAtFixedRate(progress, 1, 1, TimeUnit.SECONDS);
            if (!"stop".equals(orders.readLine())) {
                return;
            }
            goingOn = false;
            for (Thread thread : threads) {
                thread.join();
            }
            ticking.cancel(false);
            progress.run();
            say("stopped");
            if ("judge".equals(orders.readLine())) {
                judge(caches);
                say("judged");
            }
        } finally {
            clock.shutdownNow();
        }
    }

    private List<Thread> startThreads(ForeignRoute route, Caches caches, HistoryRecorder foreign) {
        List<Key> all = Key.all(options);
        long pace = TimeUnit.SECONDS.toNanos(1) * options.threads() / options.rate();
        List<Thread> threads = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(options.seed() * 1_000 + jvm);
        for (int i = 0; i < options.threads(); i++) {
            ForeignCalls calls = new ForeignCalls(new ForeignClient(route), foreign);
            Actor actor = new Actor(random.split(), Key.of(jvm, i), all, caches, calls, pace, this::undocumented);
            threads.add(new Thread(() -> actor.runWhile(() -> goingOn), "actor-" + i));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private void judge(Caches caches) {
        for (Key key : Key.all(options)) {
            try {
                caches.finalRead(key);
            } catch (CacheException e) {
                undocumented(e);
            }
        }
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
