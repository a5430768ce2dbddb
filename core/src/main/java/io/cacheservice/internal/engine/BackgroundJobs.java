package io.cacheservice.internal.engine;

import io.cacheservice.internal.futures.Futures;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The long jobs of one cache that are under way, so that they end with the service. Safe for use by many threads. */
final class BackgroundJobs {
    private final Executor executor;
    private final Lifecycle lifecycle;
    private final Set<BackgroundJob<?>> underWay = ConcurrentHashMap.newKeySet();

    BackgroundJobs(Executor executor, Lifecycle lifecycle) {
        this.executor = executor;
        this.lifecycle = lifecycle;
    }

    /**
     * A job that has not begun.
     *
     * @param name for errors, as "the pre-warm"
     */
    <R> BackgroundJob<R> newJob(String name) {
        BackgroundJob<R> job = new BackgroundJob<>(name, executor);
        underWay.add(job);
        Futures.onEnd(job.report(), (report, failure) -> underWay.remove(job));
        if (lifecycle.isClosed()) { // perhaps after the others were ended
            job.fail(Lifecycle.closedException());
        }
        return job;
    }

    /** Ends all; called when the service has closed. */
    void failAll() {
        underWay.forEach(job -> job.fail(Lifecycle.closedException()));
    }
}
