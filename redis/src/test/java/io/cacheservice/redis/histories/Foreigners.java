package io.cacheservice.redis.histories;

import io.cacheservice.testkit.history.HistoryRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Threads that write and read Redis and know of no cache. */
final class Foreigners implements AutoCloseable {
    /** So many operations of a JVM come to one of them. */
    private static final int SHARE = 4;

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<RuntimeException> undocumented = new ConcurrentLinkedQueue<>();
    private volatile boolean goingOn = true;

    Foreigners(RunOptions options, Fleet fleet, HistoryRecorder recorder) {
        SplittableRandom random = new SplittableRandom(options.seed());
        long pace = 1_000_000_000L * SHARE * Key.foreignThreads() / options.rate();
        int count = options.loads() ? 0 : Key.foreignThreads(); // what is loaded is invalidated by who has changed it
        for (int i = 0; i < count; i++) {
            ForeignCalls calls = new ForeignCalls(new ForeignClient(fleet.route()), recorder);
            Actor actor =
                    new Actor(random.split(), Key.ofForeigner(i), Key.all(options), null, calls, undocumented::add);
            threads.add(new Thread(() -> Steps.runWhile(() -> goingOn, pace, actor), "foreigner-" + i));
        }
        threads.forEach(Thread::start);
    }

    /** Ends the threads. */
    void stop() throws InterruptedException {
        goingOn = false;
        for (Thread thread : threads) {
            thread.join();
        }
        if (!undocumented.isEmpty()) {
            throw new IllegalStateException("A foreign client failed", undocumented.peek());
        }
    }

    @Override
    public void close() {
        goingOn = false;
    }
}
