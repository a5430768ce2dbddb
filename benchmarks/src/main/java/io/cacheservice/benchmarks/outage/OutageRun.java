package io.cacheservice.benchmarks.outage;

import io.cacheservice.benchmarks.outage.OutageLog.Marks;
import io.cacheservice.benchmarks.outage.ReadLog.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One outage under callers who read on: all is well, Redis vanishes, and comes back. For one use. */
final class OutageRun {
    /** Between two reads of a caller, in the mean: so that callers wait for Redis or the source, and not for a core. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final OutageSubject subject;
    private final String[] keys;
    private final Act act;
    private final AtomicReference<@Nullable RuntimeException> wrong = new AtomicReference<>();
    private volatile boolean ended;

    OutageRun(OutageSubject subject, String[] keys, Act act) {
        this.subject = subject;
        this.keys = keys;
        this.act = act;
    }

    /** Returns when each caller has its last answer. */
    OutageLog run(int callers) throws InterruptedException {
        List<ReadLog> logs = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < callers; i++) {
            ReadLog log = new ReadLog();
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> readOn(log, own), "caller-" + i);
            logs.add(log);
            threads.add(thread);
            thread.start();
        }
        try {
            return play(logs, threads);
        } finally {
            ended = true;
        }
    }

    private OutageLog play(List<ReadLog> logs, List<Thread> threads) throws InterruptedException {
        OutageSubject.Link link = subject.link();
        long begin = System.nanoTime();
        long loadsAtBegin = subject.source().loads();
        sleepUntil(begin + act.before().toNanos());

        long loadsAtFault = subject.source().loads();
        long fault = System.nanoTime();
        if (link != null) {
            link.breakDown();
        }
        long leftAlone = watch(fault + act.first().toNanos());
        long later = System.nanoTime();
        long loadsAtLater = subject.source().loads();
        sleepUntil(later + act.later().toNanos());

        long loadsAtRepair = subject.source().loads();
        long repair = System.nanoTime();
        if (link != null) {
            link.repair();
        }
        sleepUntil(repair + act.after().toNanos());
        long end = System.nanoTime();
        long loadsAtEnd = subject.source().loads();
        ended = true;
        join(threads);
        return new OutageLog(
                logs,
                new Marks(begin, fault, later, repair, end),
                new Marks(loadsAtBegin, loadsAtFault, loadsAtLater, loadsAtRepair, loadsAtEnd),
                leftAlone);
    }

    /** Looks until {@code untilNanos} when Redis is left alone. */
    private long watch(long untilNanos) throws InterruptedException {
        BooleanSupplier leavesAlone = subject.leavesAlone();
        long at = OutageLog.NEVER;
        while (leavesAlone != null && at == OutageLog.NEVER && System.nanoTime() - untilNanos < 0) {
            if (leavesAlone.getAsBoolean()) {
                at = System.nanoTime();
            } else {
                TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
            }
        }
        sleepUntil(untilNanos);
        return at;
    }

    private void join(List<Thread> threads) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            if (thread.isAlive()) {
                throw new IllegalStateException(
                        "a read did not end within " + PATIENCE.toSeconds() + " seconds after Redis was there again");
            }
        }
        RuntimeException thrown = wrong.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    private void readOn(ReadLog log, SplittableRandom random) {
        try {
            while (!ended) {
                String key = keys[random.nextInt(keys.length)];
                long begin = System.nanoTime();
                Outcome outcome = read(key, begin);
                log.add(begin, System.nanoTime(), outcome);
                LockSupport.parkNanos(random.nextLong(2 * PAUSE_NANOS));
            }
        } catch (OutageSource.WrongValueException notOurs) {
            wrong.compareAndSet(null, notOurs);
        }
    }

    private Outcome read(String key, long beginNanos) {
        String value;
        try {
            value = subject.cache().get(key);
        } catch (Exception ofTheCache) {
            return Outcome.FAILED;
        }
        if (value == null) {
            throw new OutageSource.WrongValueException(key + " was answered with nothing");
        }
        return OutageSource.loadedAtNanos(key, value) - beginNanos < 0 ? Outcome.CACHED : Outcome.LOADED;
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
