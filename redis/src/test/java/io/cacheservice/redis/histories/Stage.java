package io.cacheservice.redis.histories;

import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.history.HistoryChecker;
import io.cacheservice.testkit.history.HistoryRecorder;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import io.cacheservice.testkit.history.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The servers, JVMs and histories of one run. For one thread. */
final class Stage implements AutoCloseable {
    /** Longer than the short lives, a bound and the detection of a failover together. */
    private static final Duration QUIESCENCE = Duration.ofSeconds(6);

    private final RunOptions options;
    private final Path folder;
    private final Queue<String> undocumented;
    private final Fleet fleet;
    private final RedisServer source = RedisServer.start();
    private final HistoryRecorder recorder;
    /** Those that live now. */
    private final List<WorkerProcess> workers = new ArrayList<>();

    /** What those did that were killed, of whom nothing else is kept. */
    private long operationsOfKilled;

    private final Strike strike;
    private final Foreigners foreigners;

    /**
     * Starts all of it, and returns when every JVM is at work.
     *
     * @param folder where histories and logs are left
     * @param undocumented for errors that the cache's users are not told to expect
     */
    static Stage start(RunOptions options, Path folder, Queue<String> undocumented) throws IOException {
        Stage stage = new Stage(options, folder, undocumented);
        try {
            stage.awaitAllAtWork();
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private Stage(RunOptions options, Path folder, Queue<String> undocumented) throws IOException {
        this.options = options;
        this.folder = folder;
        this.undocumented = undocumented;
        fleet = Fleet.start(options);
        recorder = HistoryRecorder.create(folder.resolve("foreign"), Participants.FOREIGN);
        if (options.loads()) {
            fill();
        }
        for (int jvm = 0; jvm < options.jvms(); jvm++) {
            workers.add(new WorkerProcess(options, Jvm.first(jvm), folder, fleet, source.port()));
        }
        strike = new Strike(new SplittableRandom(options.seed()), fleet, workers, recorder);
        foreigners = new Foreigners(options, fleet, recorder);
    }

    /** Every row is there before anybody reads one. */
    private void fill() throws IOException {
        try (Source rows = new Source(source.port())) {
            for (Row row : Row.all(options)) {
                recorder.change(Kind.CHANGE, row.name(), 1, Duration.ZERO, () -> {
                    rows.change(row, 1, false);
                    return Outcome.APPLIED;
                });
            }
        }
    }

    private void awaitAllAtWork() {
        while (workers.stream().anyMatch(worker -> worker.operations() == 0)) {
            strike.during(Duration.ofMillis(50));
        }
    }

    Fleet fleet() {
        return fleet;
    }

    Strike strike() {
        return strike;
    }

    List<WorkerProcess> workers() {
        return workers;
    }

    /** What goes wrong here. */
    FaultDeck faults() {
        return new FaultDeck(Faults.of(fleet, options));
    }

    /** Those, and that the last of the JVMs is killed and started anew. */
    FaultDeck faultsAndKills() {
        List<Fault> faults = new ArrayList<>(Faults.of(fleet, options));
        Fault kill = new Fault("jvm-kill", any -> replaceLast());
        if (options.has(kill)) {
            faults.add(kill);
        }
        return new FaultDeck(faults);
    }

    private void replaceLast() {
        int last = workers.size() - 1;
        WorkerProcess old = workers.get(last);
        old.close();
        operationsOfKilled += old.operations();
        undocumented.addAll(old.undocumented());
        try {
            workers.set(last, new WorkerProcess(options, old.jvm().successor(), folder, fleet, source.port()));
        } catch (IOException e) {
            throw new IllegalStateException("No JVM in the place of " + old.jvm(), e);
        }
        awaitAllAtWork();
    }

    /** What all JVMs have done, those included that were killed. */
    long operations() {
        return operationsOfKilled
                + workers.stream().mapToLong(WorkerProcess::operations).sum();
    }

    /** Lets everybody end what he does, and then read everything for the last time. */
    void end() throws Exception {
        fleet.awaitHealthy();
        order("stop", "stopped");
        foreigners.stop();
        strike.during(QUIESCENCE);
        order("judge", "judged");
        judge();
        workers.forEach(worker -> undocumented.addAll(worker.undocumented()));
    }

    private void order(String order, String answer) throws Exception {
        for (WorkerProcess worker : workers) {
            worker.order(order);
        }
        for (WorkerProcess worker : workers) {
            worker.await(answer);
        }
    }

    /** A service that has never read anything finds what Redis has. */
    private void judge() throws IOException {
        try (HistoryRecorder referee = HistoryRecorder.create(folder.resolve("referee"), Participants.REFEREE);
                CacheService service = CacheService.open(Worker.settings(options, fleet.settings(0))
                        .readTimeout(Duration.ofSeconds(10))
                        .build());
                Workload workload =
                        Workload.of(options, service, referee, source.port(), e -> undocumented.add("referee: " + e))) {
            workload.judge();
        }
    }

    /** With all that is to be excused so far. */
    HistoryChecker.Builder checker() {
        HistoryChecker.Builder checker = HistoryChecker.builder().maxStaleness(options.maxStaleness());
        strike.failovers().forEach(checker::failover);
        strike.losses().forEach(checker::mayVanish);
        if (!options.faultFree()) {
            checker.without(Rule.ONE_LOAD);
        }
        checker.late(Participants.FOREIGN);
        for (int jvm = 0; jvm < options.jvms(); jvm++) {
            checker.late(Participants.foreign(Jvm.first(jvm)));
        }
        return checker;
    }

    /** The histories that were begun so far. */
    List<Path> histories() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        foreigners.close();
        workers.forEach(WorkerProcess::close);
        recorder.close();
        source.close();
        fleet.close();
    }

    /** Removes a folder of histories that show nothing. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
