package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.Operation;
import io.cacheservice.Tier;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.stats.StatsRecorder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts the failures and the times of calls of one cache. */
final class Counting {
    private final StatsRecorder stats;
    private final TimeSource time;

    Counting(StatsRecorder stats, TimeSource time) {
        this.stats = stats;
        this.time = time;
    }

    /** A failure is counted before the caller is answered. */
    <T> CompletableFuture<T> counted(CompletableFuture<T> call) {
        return counted(call, failure -> {});
    }

    /**
     * The same.
     *
     * @param before called before that, with the failure or null
     */
    <T> CompletableFuture<T> counted(CompletableFuture<T> call, Consumer<@Nullable Throwable> before) {
        CompletableFuture<T> answered = new CompletableFuture<>();
        Futures.onEnd(call, (result, failure) -> {
            before.accept(failure);
            if (failure != null && Futures.unwrap(failure) instanceof CacheException known) {
                stats.error(known.kind());
            }
            Futures.<T>copyTo(answered).accept(result, failure);
        });
        return answered;
    }

    /** Of some calls it is measured how long they take; what this process answers counts as a local read. */
    <T> CompletableFuture<T> timed(Operation operation, Supplier<CompletableFuture<T>> call) {
        if (!StatsRecorder.sample()) {
            return call.get();
        }
        long startedNanos = time.nanoTime();
        CompletableFuture<T> answer = call.get();
        Futures.onEnd(
                answer,
                (result, failure) -> stats.latency(
                        answeredHere(result) ? Operation.LOCAL_READ : operation, time.nanoTime() - startedNanos));
        return answer;
    }

    private static boolean answeredHere(@Nullable Object result) {
        return result instanceof Answer<?> answer && answer.tier() == Tier.LOCAL;
    }
}
