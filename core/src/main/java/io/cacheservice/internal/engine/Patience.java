package io.cacheservice.internal.engine;

import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How long a reader waits for the source, and what he gets instead. The load itself goes on: others may wait for it, and the
 * next reader finds its result.
 *
 * @param softMillis how long where there is a fallback; 0: not at all; empty: as long as without
 * @param hardMillis how long where there is none; empty: until the load has ended
 * @param allowsFallback whether a fallback may take the place of this error of the source
 * @param onError what is answered for a key where the source fails and there is no fallback; null: the error is
 */
record Patience<K, V>(
        OptionalLong softMillis,
        OptionalLong hardMillis,
        Predicate<? super Throwable> allowsFallback,
        @Nullable Function<? super K, ? extends V> onError) {
    /** Without end; errors are told. */
    static <K, V> Patience<K, V> endless() {
        return new Patience<>(OptionalLong.empty(), OptionalLong.empty(), failure -> true, null);
    }

    /**
     * What the reader of {@code key} gets, who waits for {@code loaded}.
     *
     * @param fallback an entry that may be answered instead; null: there is none
     * @param tier who holds the fallback
     */
    CompletableFuture<Answer<V>> await(
            K key, CompletableFuture<Answer<V>> loaded, @Nullable Entry<V> fallback, Tier tier) {
        OptionalLong millis = fallback != null && softMillis.isPresent() ? softMillis : hardMillis;
        if (loaded.isDone() || millis.isEmpty()) {
            return Futures.then(loaded, (answer, failure) -> settled(key, answer, failure, fallback, tier));
        }
        if (fallback != null && millis.getAsLong() == 0) {
            return CompletableFuture.completedFuture(Answer.of(fallback, tier, Reason.STALE_WHILE_LOADING));
        }
        CompletableFuture<Answer<V>> answered = new CompletableFuture<>();
        CompletableFuture<?> timer = Timer.after(
                millis.getAsLong(),
                () -> Futures.onEnd(
                        fallback != null
                                ? CompletableFuture.completedFuture(
                                        Answer.of(fallback, tier, Reason.STALE_WHILE_LOADING))
                                : settled(key, null, tooSlow(key, millis.getAsLong()), null, tier),
                        Futures.copyTo(answered)));
        Futures.onEnd(loaded, (answer, failure) -> {
            timer.cancel(false);
            Throwable cause = failure == null ? null : Futures.unwrap(failure);
            Futures.onEnd(settled(key, answer, cause, fallback, tier), Futures.copyTo(answered));
        });
        return answered;
    }

    private static SourceException tooSlow(Object key, long millis) {
        return new SourceException(
                key,
                new TimeoutException("no answer within hardTimeout, " + millis
                        + " ms; the load goes on, and a later read may" + " find its result"));
    }

    private CompletableFuture<Answer<V>> settled(
            K key, @Nullable Answer<V> answer, @Nullable Throwable failure, @Nullable Entry<V> fallback, Tier tier) {
        if (answer != null) {
            return CompletableFuture.completedFuture(answer);
        }
        Throwable told = failure == null ? new IllegalStateException("no answer") : failure;
        try {
            return instead(key, told, fallback, tier);
        } catch (RuntimeException | Error ofTheUser) { // nobody may be left waiting
            return CompletableFuture.failedFuture(ofTheUser);
        }
    }

    /** Asks the user's functions what to answer in the place of {@code told}. */
    private CompletableFuture<Answer<V>> instead(K key, Throwable told, @Nullable Entry<V> fallback, Tier tier) {
        if (told instanceof SourceException ofTheSource) {
            Throwable cause = ofTheSource.getCause() == null ? ofTheSource : ofTheSource.getCause();
            if (fallback != null && allowsFallback.test(cause)) {
                return CompletableFuture.completedFuture(Answer.of(fallback, tier, Reason.STALE_ON_ERROR));
            }
            Function<? super K, ? extends V> instead = onError;
            if (instead != null) {
                return CompletableFuture.completedFuture(
                        Answer.of(unstored(instead.apply(key)), Tier.SOURCE, Reason.DEFAULT_ON_ERROR));
            }
        }
        return CompletableFuture.failedFuture(told);
    }

    private static <V> Entry<V> unstored(@Nullable V value) {
        return new Entry<>(
                value,
                new Entry.Times(Entry.AS_OF_UNKNOWN, Entry.FOR_EVER),
                0,
                0,
                Entry.Kind.UNSTORED,
                Entry.Notes.NONE,
                null);
    }
}
