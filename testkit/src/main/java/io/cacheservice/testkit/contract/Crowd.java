package io.cacheservice.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Many threads that begin the same thing at once. */
final class Crowd {
    private Crowd() {}

    /** What each of {@code size} threads got from its task, in order of their numbers; the first error otherwise. */
    static <T extends @Nullable Object> List<T> runAll(int size, IntFunction<Callable<T>> taskOfThread)
            throws Exception {
        return runAll(size, () -> {}, taskOfThread);
    }

    /** @param meanwhile run by the caller while the threads are at work */
    static <T extends @Nullable Object> List<T> runAll(
            int size, Runnable meanwhile, IntFunction<Callable<T>> taskOfThread) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(size, Crowd::daemon);
        try {
            CyclicBarrier start = new CyclicBarrier(size);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Callable<T> task = taskOfThread.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            meanwhile.run();
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(result(each));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T extends @Nullable Object> T result(Future<T> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "crowd");
        thread.setDaemon(true);
        return thread;
    }
}
