package io.cacheservice.benchmarks.stampede;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The threads of one JVM that carry out a task: all started first, they begin at a moment that several JVMs can share. */
final class Callers {
    /** Between two calls of a caller that asks again and again, in the mean: so that the machine is not busy with hits alone. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long KEPT_NANOS = Source.LOAD_TIME.toNanos() / 10;

    private final Task task;
    private final Subject subject;
    private final CountDownLatch started;
    private final CountDownLatch told = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Span> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    // read by the callers after told
    private long beginNanoTime;
    private long endNanoTime;

    private Callers(Task task, Subject subject) {
        this.task = task;
        this.subject = subject;
        started = new CountDownLatch(task.callers());
    }

    /** The callers of {@code task}, all waiting for {@link #call}. */
    static Callers start(Task task, Subject subject) throws InterruptedException {
        subject.source().takeLoads();
        Callers callers = new Callers(task, subject);
        for (int i = 0; i < task.callers(); i++) {
            String key = task.keyOf(i);
            Thread thread = new Thread(() -> callers.run(key), "caller-" + i);
            callers.threads.add(thread);
            thread.start();
        }
        callers.started.await();
        return callers;
    }

    /**
     * Lets them call from {@code beginNanoTime} on, and returns when each has had its answers.
     *
     * @param endNanoTime when those that ask again and again do so no more
     */
    Outcome call(long beginNanoTime, long endNanoTime) throws InterruptedException {
        this.beginNanoTime = beginNanoTime;
        this.endNanoTime = endNanoTime;
        told.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        Exception thrown = failure.get();
        return new Outcome(subject.source().takeLoads(), List.copyOf(calls), thrown == null ? "" : thrown.toString());
    }

    private void run(String key) {
        try {
            started.countDown();
            told.await();
            while (System.nanoTime() - beginNanoTime < 0) {
                LockSupport.parkNanos(beginNanoTime - System.nanoTime());
            }
            if (task.again()) {
                callAgainAndAgain(key);
            } else {
                calls.add(call(subject.cache(), key));
            }
        } catch (Exception thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    private void callAgainAndAgain(String key) throws Exception {
        SplittableRandom random = new SplittableRandom();
        while (System.nanoTime() - endNanoTime < 0) {
            Span call = call(subject.shortLived(), key);
            if (call.nanos() > KEPT_NANOS) {
                calls.add(call);
            }
            // random, or all would stay in the step that the first load has put them in
            TimeUnit.NANOSECONDS.sleep(random.nextLong(2 * PAUSE_NANOS));
        }
    }

    private static Span call(LoadedCache cache, String key) throws Exception {
        long begin = System.nanoTime();
        String value = cache.get(key);
        long end = System.nanoTime();
        if (!Source.valueOf(key).equals(value)) {
            throw new IllegalStateException("\"" + value + "\" is not the value of " + key);
        }
        return new Span(begin, end);
    }
}
