package io.cacheservice.internal.engine;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run loaders when the user gives none: a virtual thread each where there are any, else a pool.
 *
 * <p>The pool has no queue: a loader that reads another cache would wait for a load queued behind itself. When all threads
 * are busy a load is refused, which its waiters see.
 */
final class LoadThreads {
    private static final int MAX_THREADS =
            Math.max(64, 16 * Runtime.getRuntime().availableProcessors());

    private LoadThreads() {}

    static ExecutorService newExecutor() {
        try {
            // Java 21 and later; the library is compiled for 17.
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException java17) {
            return newPool();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("virtual threads exist but cannot be had", e);
        }
    }

    private static ExecutorService newPool() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "cache-service-load-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
