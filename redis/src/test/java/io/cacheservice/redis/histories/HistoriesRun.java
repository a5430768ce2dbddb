package io.cacheservice.redis.histories;

import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.history.History;
import io.cacheservice.testkit.history.HistoryChecker;
import io.cacheservice.testkit.history.HistoryRecorder;
import io.cacheservice.testkit.history.HistoryReport;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import io.cacheservice.testkit.history.Rule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Lets several JVMs use the cache while everything around them fails, and judges what they saw. {@code redis/drills/histories}
 * starts it; it ends with 1 when a promise was broken, and then leaves the histories behind.
 */
final class HistoriesRun {
    /** Longer than the short lives, a bound and the detection of a failover together. */
    private static final Duration QUIESCENCE = Duration.ofSeconds(6);

    private static final long PROGRESS_NANOS = 10_000_000_000L;

    private final RunOptions options;
    private final PrintStream out;
    private final Queue<String> undocumented = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> struck = new LinkedHashMap<>();
    private final long begin = System.nanoTime();
    private long lastProgress = begin;

    HistoriesRun(RunOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** See {@link RunOptions#USAGE}. */
    public static void main(String[] words) throws Exception {
        RunOptions options;
        try {
            options = RunOptions.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        HistoryReport report = new HistoriesRun(options, System.out).run();
        System.exit(report.isClean() ? 0 : 1);
    }

    /** Errors that the cache's users are not told to expect. */
    Queue<String> undocumented() {
        return undocumented;
    }

    HistoryReport run() throws Exception {
        Path folder = Files.createTempDirectory("histories-");
        HistoryReport report = runIn(folder);
        if (report.isClean()) {
            delete(folder);
        } else {
            out.println("the histories are left in " + folder);
        }
        return report;
    }

    /** Leaves the histories and logs of all in a folder. */
    HistoryReport runIn(Path folder) throws Exception {
        out.println("histories: " + options + ", in " + folder);
        HistoryReport report = livedIn(folder);
        out.println(report);
        out.println("faults: " + struck);
        undocumented.forEach(error -> out.println("undocumented error: " + error));
        return report;
    }

    private HistoryReport livedIn(Path folder) throws Exception {
        List<WorkerProcess> workers = new ArrayList<>();
        try (Fleet fleet = Fleet.start(options);
                RedisServer source = RedisServer.start();
                HistoryRecorder recorder = HistoryRecorder.create(folder.resolve("foreign"), Participants.FOREIGN)) {
            if (options.loads()) {
                fill(source, recorder);
            }
            for (int jvm = 0; jvm < options.jvms(); jvm++) {
                workers.add(new WorkerProcess(options, jvm, folder, fleet, source.port()));
            }
            Strike strike = new Strike(new SplittableRandom(options.seed()), fleet, workers, recorder);
            try (Foreigners foreigners = new Foreigners(options, fleet, recorder)) {
                awaitAllAtWork(workers, strike);
                struckUntilDone(Faults.of(fleet, options), strike, workers);
                fleet.awaitHealthy();
                order(workers, "stop", "stopped");
                foreigners.stop();
            }
            strike.during(QUIESCENCE);
            order(workers, "judge", "judged");
            judge(folder, fleet, source);
            workers.forEach(worker -> undocumented.addAll(worker.undocumented()));
            return check(folder, strike);
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    private static void awaitAllAtWork(List<WorkerProcess> workers, Strike strike) throws InterruptedException {
        while (workers.stream().anyMatch(worker -> worker.operations() == 0)) {
            workers.forEach(WorkerProcess::requireAlive);
            strike.during(Duration.ofMillis(50));
        }
    }

    /** All faults in a random order, and again in another, with some peace in between. */
    private void struckUntilDone(List<Fault> faults, Strike strike, List<WorkerProcess> workers)
            throws InterruptedException {
        List<Fault> left = new ArrayList<>();
        boolean every = faults.isEmpty();
        while (operations(workers) < options.operations() || (options.everyFault() && !every)) {
            strike.during(Duration.ofMillis(500 + strike.random().nextInt(1_000)));
            workers.forEach(WorkerProcess::requireAlive);
            progress(workers);
            if (left.isEmpty()) {
                every |= !struck.isEmpty();
                left.addAll(faults);
            }
            if (!left.isEmpty()) {
                Fault fault = left.remove(strike.random().nextInt(left.size()));
                struck.merge(fault.name(), 1, Integer::sum);
                strike.strike(fault);
                every |= left.isEmpty();
            }
        }
    }

    private void progress(List<WorkerProcess> workers) {
        if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            out.println(operations(workers) + " operations, faults so far: " + struck);
        }
    }

    private static long operations(List<WorkerProcess> workers) {
        return workers.stream().mapToLong(WorkerProcess::operations).sum();
    }

    private static void order(List<WorkerProcess> workers, String order, String answer) throws Exception {
        for (WorkerProcess worker : workers) {
            worker.order(order);
        }
        for (WorkerProcess worker : workers) {
            worker.await(answer);
        }
    }

    /** Every row is there before anybody reads one. */
    private void fill(RedisServer server, HistoryRecorder recorder) throws IOException {
        try (Source source = new Source(server.port())) {
            for (Row row : Row.all(options)) {
                recorder.change(Kind.CHANGE, row.name(), 1, Duration.ZERO, () -> {
                    source.change(row, 1, false);
                    return Outcome.APPLIED;
                });
            }
        }
    }

    /** A service that has never read anything finds what Redis has. */
    private void judge(Path folder, Fleet fleet, RedisServer source) throws IOException {
        try (HistoryRecorder recorder = HistoryRecorder.create(folder.resolve("referee"), Participants.REFEREE);
                CacheService service = CacheService.open(Worker.settings(options, fleet.settings(0))
                        .readTimeout(Duration.ofSeconds(10))
                        .build());
                Workload workload = Workload.of(
                        options, service, recorder, source.port(), e -> undocumented.add("referee: " + e))) {
            workload.judge();
        }
    }

    private HistoryReport check(Path folder, Strike strike) throws IOException {
        out.printf(
                "failovers excuse what was written in %d of %d seconds%n",
                strike.failoverSeconds(), (System.nanoTime() - begin) / 1_000_000_000);
        HistoryChecker.Builder checker = HistoryChecker.builder().maxStaleness(options.maxStaleness());
        strike.failovers().forEach(checker::failover);
        strike.losses().forEach(checker::mayVanish);
        if (!options.faultFree()) {
            checker.without(Rule.ONE_LOAD);
        }
        checker.late(Participants.FOREIGN);
        for (int jvm = 0; jvm < options.jvms(); jvm++) {
            checker.late(Participants.foreign(jvm));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> histories = files.filter(file -> !file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
            return checker.build().check(History.read(histories));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
