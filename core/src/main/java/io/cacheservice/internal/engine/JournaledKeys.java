package io.cacheservice.internal.engine;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.WriteOutcome;
import io.cacheservice.spi.RemoteTier;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What becomes of writes and removals of one cache that Redis did not take: those of keys with a source go to the journal, the
 * others just fail. Safe for use by many threads.
 */
final class JournaledKeys<K> {
    private final RemoteTier tier;
    private final Journal journal;
    private final Predicate<K> hasSource;

    JournaledKeys(RemoteTier tier, Journal journal, Predicate<K> hasSource) {
        this.tier = tier;
        this.journal = journal;
        this.hasSource = hasSource;
    }

    /** What is told of a write that failed; what it may have left behind is to be removed later, where a source has it too. */
    Throwable owing(K key, byte[] where, Throwable failure, Predicate<Throwable> owesRemoval) {
        boolean kept = !hasSource.test(key) || !owesRemoval.test(failure) || journal.add(where);
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
                journal.settled(where, mark);
                return CompletableFuture.completedFuture(WriteOutcome.APPLIED);
            }
            if (!hasSource.test(key) || !Delivery.mayBeOwed(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            return journal.add(where)
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
