package io.cacheservice.redis.loading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Many threads that do the same thing at once. */
final class Crowd<T extends @Nullable Object> {
    private static final long HANG_SECONDS = 60;

    private final List<Future<T>> tasks = new ArrayList<>();

    /** Begins, with a thread for each task. */
    static <T extends @Nullable Object> Crowd<T> begin(int size, IntFunction<Callable<T>> taskOfThread) {
        Crowd<T> crowd = new Crowd<>();
        for (int i = 0; i < size; i++) {
            FutureTask<T> task = new FutureTask<>(taskOfThread.apply(i));
            crowd.tasks.add(task);
            thread(task);
        }
        return crowd;
    }

    /** Runs {@code task} on a thread of its own. */
    static void thread(Runnable task) {
        Thread thread = new Thread(task, "crowd");
        thread.setDaemon(true);
        thread.start();
    }

    /** What each got, in order; the first error otherwise. */
    List<T> results() throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> task : tasks) {
            results.add(task.get(HANG_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }

    static <T extends @Nullable Object> T get(CompletableFuture<T> future) throws Exception {
        return future.get(HANG_SECONDS, TimeUnit.SECONDS);
    }
}
