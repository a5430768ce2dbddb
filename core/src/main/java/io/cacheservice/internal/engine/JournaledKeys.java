package io.cacheservice.internal.engine;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.futures.Delivery;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.RemoteTier;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of writes and removals of one cache that Redis did not take: those of keys with a source go to the journal, the
 * others just fail. Safe for use by many threads.
 */
final class JournaledKeys<K> {
    private final RemoteTier tier;
    private final Journal journal;
    private final Losses losses;
    private final Predicate<K> hasSource;
    private final @Nullable Epochs epochs;

    /** @param epochs with which all entries of the cache end; null: it has none */
    JournaledKeys(RemoteTier tier, Journal journal, Losses losses, Predicate<K> hasSource, @Nullable Epochs epochs) {
        this.tier = tier;
        this.journal = journal;
        this.losses = losses;
        this.hasSource = hasSource;
        this.epochs = epochs;
    }

    /**
     * Redis has accepted a change of {@code key}.
     *
     * @param mark of the journal, from before it was sent
     */
    void accepted(K key, byte[] where, Object mark) {
        journal.settled(where, mark);
        if (hasSource.test(key)) {
            losses.accepted(where);
        }
    }

    /** Keeps what is owed; when the journal is full, the whole cache is cleared instead, if it can be. */
    private boolean isKept(byte[] where) {
        return journal.add(where) || (epochs != null && epochs.clearLater());
    }

    /** What is told of a write that failed; what it may have left behind is to be removed later, where a source has it too. */
    Throwable owing(K key, byte[] where, Throwable failure, Predicate<Throwable> owesRemoval) {
        boolean kept = !hasSource.test(key) || !owesRemoval.test(failure) || isKept(where);
        return kept ? failure : withFullJournal(failure);
    }

    /**
     * The outcome of a removal.
     *
     * @param mark of the journal, from before it was sent
     */
    CompletableFuture<WriteOutcome> removed(K key, byte[] where, Object mark, CompletableFuture<Boolean> removal) {
        return Futures.then(removal, (wasThere, failure) -> {
            if (failure == null) {
                accepted(key, where, mark);
                return CompletableFuture.completedFuture(WriteOutcome.APPLIED);
            }
            if (!hasSource.test(key) || !Delivery.mayBeOwed(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            return isKept(where)
                    ? CompletableFuture.completedFuture(WriteOutcome.QUEUED)
                    : CompletableFuture.failedFuture(withFullJournal(failure));
        });
    }

    /** What looks at the stored entry must not see one whose removal still waits: that is delivered first. */
    <T> CompletableFuture<T> afterDelivery(byte[] where, Supplier<CompletableFuture<T>> call) {
        if (!journal.holds(where)) {
            return call.get();
        }
        Object mark = journal.mark(where);
        return Futures.then(tier.delete(where), (wasThere, failure) -> {
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            journal.settled(where, mark);
            return call.get();
        });
    }

    /** The one place where the caller learns that nobody will remove the old value for him. */
    private static CacheException withFullJournal(Throwable failure) {
        String message = failure.getMessage()
                + ". The journal is full too (journalSize), so the old value may be read again after the outage: repeat"
                + " the write then, or raise journalSize";
        return failure instanceof CacheTimeoutException late
                ? new CacheTimeoutException(message, late.outcome(), failure)
                : new CacheConnectionException(
                        message,
                        failure instanceof CacheConnectionException refused ? refused.outcome() : FailedOutcome.UNKNOWN,
                        failure);
    }
}
