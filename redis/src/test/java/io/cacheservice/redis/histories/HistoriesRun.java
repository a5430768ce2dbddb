package io.cacheservice.redis.histories;

import io.cacheservice.testkit.history.History;
import io.cacheservice.testkit.history.HistoryReport;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lets several JVMs use the cache while everything around them fails, and judges what they saw. {@code redis/drills/histories}
 * starts it; it ends with 1 when a promise was broken, and then leaves the histories behind.
 */
final class HistoriesRun {
    private static final long PROGRESS_NANOS = 10_000_000_000L;

    private final RunOptions options;
    private final PrintStream out;
    private final Queue<String> undocumented = new ConcurrentLinkedQueue<>();
    private final long begin = System.nanoTime();
    private Map<String, Integer> struck = Map.of();
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
            Stage.delete(folder);
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
        try (Stage stage = Stage.start(options, folder, undocumented)) {
            struckUntilDone(stage);
            stage.end();
            out.printf(
                    "failovers excuse what was written in %d of %d seconds%n",
                    stage.strike().failoverSeconds(), (System.nanoTime() - begin) / 1_000_000_000);
            return stage.checker().build().check(History.read(stage.histories()));
        }
    }

    /** All faults in a random order, and again in another, with some peace in between. */
    private void struckUntilDone(Stage stage) throws InterruptedException {
        FaultDeck faults = stage.faults();
        struck = faults.struck();
        Strike strike = stage.strike();
        while (stage.operations() < options.operations() || (options.everyFault() && !faults.isThrough())) {
            strike.during(Duration.ofMillis(500 + strike.random().nextInt(1_000)));
            progress(stage);
            faults.strike(strike);
        }
    }

    private void progress(Stage stage) {
        if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            out.println(stage.operations() + " operations, faults so far: " + struck);
        }
    }
}
