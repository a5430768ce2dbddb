package io.cacheservice.redis.histories;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.history.HistoryRecorder;
import io.cacheservice.testkit.history.Interval;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;

/** What faults need to happen, and what they excuse. For one thread. */
final class Strike {
    /** Before a failover begins: what was written then may not have been copied when it does. */
    private static final long NOT_COPIED_NANOS = 1_000_000_000L;

    /** After a failover: services ask Sentinels every second, and Clusters when they are sent on. */
    private static final long NOT_DETECTED_NANOS = 3_000_000_000L;

    private final SplittableRandom random;
    private final Fleet fleet;
    private final List<WorkerProcess> workers;
    private final HistoryRecorder recorder;
    private final List<Interval> failovers = new ArrayList<>();
    private final List<Interval> losses = new ArrayList<>();

    Strike(SplittableRandom random, Fleet fleet, List<WorkerProcess> workers, HistoryRecorder recorder) {
        this.random = random;
        this.fleet = fleet;
        this.workers = workers;
        this.recorder = recorder;
    }

    /**
     * Makes a fault happen, and excuses the change of masters that it may bring with it. Returns when nothing is excused any
     * more, so that the next fault is judged in full.
     */
    void strike(Fault fault) throws InterruptedException {
        long start = System.nanoTime();
        List<RedisServer> before = fleet.masters();
        fault.action().strike(this);
        fleet.awaitHealthy();
        if (!fleet.masters().equals(before)) {
            failovers.add(new Interval(start - NOT_COPIED_NANOS, System.nanoTime() + NOT_DETECTED_NANOS));
        }
        if (!failovers.isEmpty()) {
            long left = failovers.get(failovers.size() - 1).endNanos() - System.nanoTime();
            during(Duration.ofNanos(Math.max(0, left)));
        }
    }

    /** Gives a command, once more if the connection was closed: that is what a server does which Sentinels demote. */
    static void tell(RedisServer server, String... command) {
        try {
            server.command(command);
        } catch (UncheckedIOException e) {
            server.command(command);
        }
    }

    /** Waits until {@code time} has passed at which every JVM was alive: a run whose worker has died ends at once. */
    void during(Duration time) {
        long begunNanos = System.nanoTime();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .timeout(time.plusMinutes(1))
                .until(() -> {
                    workers.forEach(WorkerProcess::requireAlive);
                    return System.nanoTime() - begunNanos >= time.toNanos();
                });
    }

    /** Between one and two and a half times what a local answer may be old, so that such answers show. */
    void aWhile() throws InterruptedException {
        during(Duration.ofMillis(1_200 + random.nextInt(1_500)));
    }

    /** Stops a server, whose replica may or may not be promoted, perhaps after it goes on. */
    void stopping(RedisServer master) throws InterruptedException {
        failingOver(strike -> {
            master.pause();
            aWhile();
            master.resume();
            during(Duration.ofNanos(NOT_DETECTED_NANOS));
        });
    }

    /** Restarts a server without its data, which its replicas then forget too, unless one was promoted. */
    void emptying(RedisServer master) throws InterruptedException {
        losing(outer -> failingOver(inner -> master.restartEmpty()));
    }

    /** All that is written in the meantime may be lost with its master. */
    void failingOver(Fault.Action action) throws InterruptedException {
        long start = System.nanoTime();
        action.strike(this);
        fleet.awaitHealthy();
        failovers.add(new Interval(start - NOT_COPIED_NANOS, System.nanoTime() + NOT_DETECTED_NANOS));
    }

    /** Keys may go in the meantime. */
    void losing(Fault.Action action) throws InterruptedException {
        long start = System.nanoTime();
        action.strike(this);
        losses.add(new Interval(start, System.nanoTime()));
    }

    /** All keys go in the meantime. */
    void flushing(Runnable action) {
        recorder.change(Kind.FLUSH, "", 0, Duration.ZERO, () -> {
            action.run();
            return Outcome.APPLIED;
        });
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    RedisServer aMaster() {
        return oneOf(fleet.masters());
    }

    List<RedisServer> masters() {
        return fleet.masters();
    }

    WorkerProcess aWorker() {
        return oneOf(workers);
    }

    SplittableRandom random() {
        return random;
    }

    List<Interval> failovers() {
        return failovers;
    }

    /** How long failovers were on, all together. */
    long failoverSeconds() {
        long nanos = 0;
        long until = Long.MIN_VALUE;
        for (Interval failover : failovers) { // in the order of their ends
            nanos += failover.endNanos() - Math.max(until, failover.startNanos());
            until = failover.endNanos();
        }
        return nanos / 1_000_000_000;
    }

    List<Interval> losses() {
        return losses;
    }
}
