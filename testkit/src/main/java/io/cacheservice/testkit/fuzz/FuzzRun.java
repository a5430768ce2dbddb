package io.cacheservice.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Gives one target many inputs, on as many threads as it takes. The inputs follow from the seed; which of them meet, where a
 * target takes several at once, does not. Used once.
 */
public final class FuzzRun {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MOST_KINDS = 20;
    /** The first inputs pay for the classes that are loaded. */
    private static final int LOADING_INPUTS = 100;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final FuzzTarget target;
    private final long seed;
    private final long end;
    private final long deadlineNanos;
    private final AtomicLong next;
    private final AtomicLong inputs = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong mostAllocated = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Map<String, FuzzFailure> failures = new LinkedHashMap<>();
    private final AtomicLongArray startedAtNanos;
    private final AtomicLongArray working;

    private FuzzRun(FuzzTarget target, long seed, long from, long count, long mostNanos) {
        this.target = target;
        this.seed = seed;
        this.next = new AtomicLong(from);
        this.end = from + count;
        this.deadlineNanos = System.nanoTime() + mostNanos;
        this.startedAtNanos = new AtomicLongArray(target.atOnce());
        this.working = new AtomicLongArray(target.atOnce());
    }

    /** Is told now and then how far a run has come. */
    @FunctionalInterface
    public interface Progress {
        /** So many of the inputs have been taken, and so many failed. */
        void at(long inputs, long failed);
    }

    /**
     * Gives {@code target} the inputs {@code from} to {@code from + count}, and closes it.
     *
     * @param mostNanos after this no more inputs are given
     * @throws InterruptedException while it waited
     */
    public static FuzzReport run(FuzzTarget target, long seed, long from, long count, long mostNanos, Progress progress)
            throws InterruptedException {
        FuzzRun run = new FuzzRun(target, seed, from, count, mostNanos);
        long began = System.nanoTime();
        run.work(progress);
        try {
            target.close();
        } catch (Throwable e) { // an assertion is what a target fails with
            run.failed(new FuzzFailure(-1, "", e));
        }
        return run.report(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private void work(Progress progress) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < target.atOnce(); i++) {
            int worker = i;
            Thread thread = new Thread(() -> takeAll(worker), "fuzz-" + target.name() + "-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (int i = 0; i < threads.size(); i++) {
            while (threads.get(i).isAlive()) {
                threads.get(i).join(1_000);
                progress.at(inputs.get(), failed.get());
                if (isStuck(i, threads.get(i))) {
                    return;
                }
            }
        }
    }

    private boolean isStuck(int worker, Thread thread) {
        long started = startedAtNanos.get(worker);
        if (started == 0 || System.nanoTime() - started < LONGEST_NANOS) {
            return false;
        }
        AssertionError stuck = new AssertionError("it has not ended within a minute");
        stuck.setStackTrace(thread.getStackTrace());
        failed(new FuzzFailure(working.get(worker), "", stuck));
        next.set(end);
        return true;
    }

    private void takeAll(int worker) {
        for (long index = next.getAndIncrement(); index < end; index = next.getAndIncrement()) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                return;
            }
            working.set(worker, index);
            startedAtNanos.set(worker, System.nanoTime());
            take(index);
            startedAtNanos.set(worker, 0);
        }
    }

    private void take(long index) {
        FuzzInput input = FuzzInput.of(seed, target.name(), index);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            if (target.take(input)) {
                accepted.incrementAndGet();
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (inputs.get() >= LOADING_INPUTS) {
                mostAllocated.accumulateAndGet(allocated, Math::max);
            }
            if (allocated > target.mostAllocatedBytes() && inputs.get() >= LOADING_INPUTS) {
                throw new AssertionError(
                        "it allocated more than " + target.mostAllocatedBytes() + " bytes: " + allocated);
            }
        } catch (Throwable e) { // whatever it is, it is what the run is for
            failed(new FuzzFailure(index, input.shown(), e));
        }
        inputs.incrementAndGet();
    }

    private void failed(FuzzFailure failure) {
        failed.incrementAndGet();
        synchronized (failures) {
            if (failures.size() < MOST_KINDS) {
                failures.putIfAbsent(failure.kind(), failure);
            }
        }
    }

    private FuzzReport report(long millis) {
        synchronized (failures) {
            return new FuzzReport(
                    target.name(),
                    inputs.get(),
                    accepted.get(),
                    mostAllocated.get(),
                    millis,
                    failed.get(),
                    List.copyOf(failures.values()));
        }
    }
}
