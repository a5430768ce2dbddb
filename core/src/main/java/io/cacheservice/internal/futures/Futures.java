package io.cacheservice.internal.futures;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the rooms need of futures beyond the JDK: private dependents, errors unwrapped, waiting. */
public final class Futures {
    private Futures() {}

    /** What a future really failed with. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * {@code failure}, or one in its place if its text cannot be had: the JDK asks for the text when it passes a failure from
     * one future to the next, and whoever waits behind that would wait for ever.
     */
    public static Throwable printable(Throwable failure) {
        try {
            return failure.toString() == null ? nameless(failure) : failure;
        } catch (RuntimeException | Error ofTheFailure) {
            return nameless(failure);
        }
    }

    private static Throwable nameless(Throwable failure) {
        return new IllegalStateException("a failure of the " + failure.getClass() + ", whose text cannot be had");
    }

    /** Calls {@code callback}, which must not throw, with what {@code future} ends with. */
    @SuppressWarnings("FutureReturnValueIgnored") // the dependent ends as the future does
    public static <T> void onEnd(
            CompletableFuture<T> future, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> callback) {
        if (future.isDone() && !future.isCompletedExceptionally()) {
            callback.accept(future.join(), null);
        } else {
            future.whenComplete(callback);
        }
    }

    /** Maps the result; an error passes unwrapped. */
    public static <T, R> CompletableFuture<R> map(
            CompletableFuture<T> future, Function<? super T, ? extends R> function) {
        CompletableFuture<R> mapped = new CompletableFuture<>();
        onEnd(future, (result, failure) -> {
            if (failure != null) {
                mapped.completeExceptionally(unwrap(failure));
            } else {
                complete(mapped, function, result);
            }
        });
        return mapped;
    }

    /** Continues with the future that {@code next} makes of result or error. */
    public static <T, R> CompletableFuture<R> then(CompletableFuture<T> future, Continuation<? super T, R> next) {
        CompletableFuture<R> last = new CompletableFuture<>();
        onEnd(future, (result, failure) -> {
            try {
                onEnd(next.after(result, failure == null ? null : unwrap(failure)), copyTo(last));
            } catch (RuntimeException | Error e) {
                last.completeExceptionally(e);
            }
        });
        return last;
    }

    /** A continuation. */
    @FunctionalInterface
    public interface Continuation<T, R> {
        /** Exactly one of the two is what the future before ended with. */
        CompletableFuture<R> after(@Nullable T result, @Nullable Throwable failure);
    }

    /** Passes on a result, or an error unwrapped. */
    public static <T> BiConsumer<@Nullable T, @Nullable Throwable> copyTo(CompletableFuture<T> target) {
        return (result, failure) -> {
            if (failure != null) {
                target.completeExceptionally(unwrap(failure));
            } else {
                target.complete(result);
            }
        };
    }

    /** Completed when all are, whatever with. */
    public static CompletableFuture<@Nullable Void> allDone(List<? extends CompletableFuture<?>> futures) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        if (areDone(futures)) {
            done.complete(null);
        } else {
            onEnd(
                    CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)),
                    (nothing, failure) -> done.complete(null));
        }
        return done;
    }

    private static boolean areDone(List<? extends CompletableFuture<?>> futures) {
        for (CompletableFuture<?> future : futures) {
            if (!future.isDone()) {
                return false;
            }
        }
        return true;
    }

    /** Completed with {@code futures} when all of them are done, whatever with. */
    public static <T> CompletableFuture<List<CompletableFuture<T>>> whenDone(List<CompletableFuture<T>> futures) {
        return map(allDone(futures), nothing -> futures);
    }

    /** What a future that is done failed with; null when it did not. */
    public static @Nullable CacheException failureOf(CompletableFuture<?> done) {
        if (!done.isCompletedExceptionally()) {
            return null;
        }
        try {
            done.join();
            throw new IllegalStateException("a failed future has a result");
        } catch (CompletionException | java.util.concurrent.CancellationException e) {
            Throwable cause = unwrap(e);
            return cause instanceof CacheException known ? known : new CacheException("unexpected: " + cause, cause);
        }
    }

    /** Waits for the result. An error is thrown with the stack of the thread that waited. */
    public static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException(
                    "interrupted while waiting for an answer; whether a write took effect is unknown", e);
        } catch (ExecutionException e) {
            throw asUnchecked(unwrap(e.getCause() == null ? e : e.getCause()));
        }
    }

    private static RuntimeException asUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof CacheConnectionException shared) { // perhaps one for all requests while a lane is down
            return new CacheConnectionException(
                    String.valueOf(shared.getMessage()), shared.outcome(), shared.getCause(), shared.isLasting());
        }
        if (failure instanceof CacheException own) {
            own.fillInStackTrace();
            return own;
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new CacheException("unexpected: " + failure, failure);
    }

    private static <T, R> void complete(
            CompletableFuture<R> mapped, Function<? super T, ? extends R> function, T result) {
        try {
            mapped.complete(function.apply(result));
        } catch (RuntimeException | Error e) {
            mapped.completeExceptionally(e);
        }
    }
}
