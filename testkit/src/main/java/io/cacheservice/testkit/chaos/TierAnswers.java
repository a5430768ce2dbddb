package io.cacheservice.testkit.chaos;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.StoredString;
import io.cacheservice.testkit.chaos.Chaos.Draw;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a {@link Chaos} decides for the calls of a tier, within the time that a tier may take. What is sent is always
 * sent at once, so that commands keep their order; only answers are late.
 */
final class TierAnswers {
    private final Chaos chaos;
    private final CacheConfig config;
    private final Executor executor;
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    TierAnswers(Chaos chaos, CacheConfig config, Executor executor) {
        this.chaos = chaos;
        this.config = config;
        this.executor = executor;
    }

    /** The answer of a read, in which bytes may be others. */
    CompletableFuture<RemoteValue> value(Supplier<CompletableFuture<RemoteValue>> call) {
        return answer(config.readTimeout(), call, draw -> value -> changed(value, draw));
    }

    /** The answer of a read without bytes of a value. */
    <T> CompletableFuture<T> read(Supplier<CompletableFuture<T>> call) {
        return answer(config.readTimeout(), call, draw -> unchanged());
    }

    /** The answer of a write without bytes of a value. */
    <T> CompletableFuture<T> write(Supplier<CompletableFuture<T>> call) {
        return write(call, TierAnswers::nothing);
    }

    /** As the other, with something to do in place of a call that fails. */
    <T> CompletableFuture<T> write(Supplier<CompletableFuture<T>> call, Runnable instead) {
        Draw draw = chaos.next();
        if (draw.trouble() == Trouble.CORRUPTED) {
            chaos.corrupted(false);
        }
        return answer(draw, config.writeTimeout(), call, instead);
    }

    /** The answer of a write that removes and answers a value. */
    CompletableFuture<RemoteValue> take(Supplier<CompletableFuture<RemoteValue>> call) {
        return answer(config.writeTimeout(), call, draw -> value -> changed(value, draw));
    }

    /** The answer of a write of bytes, which may be others. */
    <T> CompletableFuture<T> write(byte[] bytes, Function<byte[], CompletableFuture<T>> call) {
        return write(bytes, call, TierAnswers::nothing);
    }

    /** As the other, with something to do in place of a call that fails. */
    <T> CompletableFuture<T> write(byte[] bytes, Function<byte[], CompletableFuture<T>> call, Runnable instead) {
        Draw draw = chaos.next();
        byte[] sent = draw.trouble() == Trouble.CORRUPTED ? changed(bytes, draw) : bytes;
        return answer(draw, config.writeTimeout(), () -> call.apply(sent), instead);
    }

    private <T> CompletableFuture<T> answer(
            Duration budget, Supplier<CompletableFuture<T>> call, Function<Draw, UnaryOperator<T>> corruption) {
        Draw draw = chaos.next();
        CompletableFuture<T> answer = answer(draw, budget, call, TierAnswers::nothing);
        return draw.trouble() == Trouble.CORRUPTED ? applied(answer, corruption.apply(draw)) : answer;
    }

    private <T> CompletableFuture<T> answer(
            Draw draw, Duration budget, Supplier<CompletableFuture<T>> call, Runnable instead) {
        return switch (draw.trouble()) {
            case FAILED -> {
                instead.run();
                yield CompletableFuture.failedFuture(
                        new CacheConnectionException("chaos: Redis cannot be reached", FailedOutcome.NOT_APPLIED));
            }
            case DELAYED -> late(draw.delay(), budget, call.get());
            case VANISHED -> late(budget, budget, call.get());
            case NONE, CORRUPTED -> call.get();
        };
    }

    private static void nothing() {}

    /** It comes after {@code delay}; where that is no less than {@code budget}, it comes too late. */
    @SuppressWarnings("CollectionUndefinedEquality") // it is that very future
    private <T> CompletableFuture<T> late(Duration delay, Duration budget, CompletableFuture<T> answer) {
        boolean tooLate = delay.compareTo(budget) >= 0;
        CompletableFuture<T> late = new CompletableFuture<>();
        waiting.add(late);
        long nanos = (tooLate ? budget : delay).toNanos();
        Executor then = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor);
        // not before the tier itself has an answer: by then it has told of a change whoever must know of it
        then.execute(() -> {
            var unused = answer.whenComplete((value, failure) -> {
                if (tooLate) {
                    late.completeExceptionally(timedOut(budget));
                } else if (failure != null) {
                    late.completeExceptionally(failure);
                } else {
                    late.complete(value);
                }
                waiting.remove(late);
            });
        });
        if (closed) {
            close();
        }
        return late;
    }

    /** As {@code thenApply}, which would wrap failures. */
    private static <T> CompletableFuture<T> applied(CompletableFuture<T> answer, UnaryOperator<T> change) {
        CompletableFuture<T> changed = new CompletableFuture<>();
        var unused = answer.whenComplete((value, failure) -> {
            if (failure == null) {
                changed.complete(change.apply(value));
            } else {
                changed.completeExceptionally(failure);
            }
        });
        return changed;
    }

    /** Those who wait fail. */
    void close() {
        closed = true;
        waiting.forEach(each -> each.completeExceptionally(
                new CacheConnectionException("chaos: the connection is closed", FailedOutcome.UNKNOWN)));
        waiting.clear();
    }

    private static CacheException timedOut(Duration budget) {
        return new CacheTimeoutException("chaos: no answer within " + budget.toMillis() + " ms", FailedOutcome.UNKNOWN);
    }

    private <T> UnaryOperator<T> unchanged() {
        chaos.corrupted(false);
        return UnaryOperator.identity();
    }

    private RemoteValue changed(RemoteValue value, Draw draw) {
        byte @Nullable [] bytes = value.bytes();
        if (bytes == null) {
            chaos.corrupted(false);
            return value;
        }
        return new RemoteValue(
                StoredString.of(changed(bytes, draw)),
                value.remainingMillis(),
                value.sentAtNanos(),
                value.fromReplica(),
                value.proof());
    }

    private byte[] changed(byte[] bytes, Draw draw) {
        boolean possible = Corruption.isPossible(bytes);
        chaos.corrupted(possible);
        return possible ? Corruption.of(bytes, draw.dice()) : bytes;
    }
}
