package io.cacheservice.internal.engine;

import io.cacheservice.internal.local.Entry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An entry to be written.
 *
 * @param value null: "the source has none"
 * @param ttlMillis its life, or {@link #FOR_EVER}
 * @param asOfNanos when the command or load that produced it was started
 * @param loadNanos what the load took; zero when it was not loaded
 * @param notes what is kept beside the value
 * @param tags what it can be invalidated by together with others
 * @param isRefreshed whether a load gave it that nobody waited for
 */
record Draft<V>(
        @Nullable V value,
        long ttlMillis,
        long asOfNanos,
        long loadNanos,
        Entry.Notes notes,
        Set<String> tags,
        boolean isRefreshed) {
    /** A life without end. */
    static final long FOR_EVER = 0;

    /** What somebody wrote or waited for. */
    Draft(@Nullable V value, long ttlMillis, long asOfNanos, long loadNanos, Entry.Notes notes, Set<String> tags) {
        this(value, ttlMillis, asOfNanos, loadNanos, notes, tags, false);
    }

    /** A value without anything else that is known of it. */
    static <V> Draft<V> of(@Nullable V value, long asOfNanos) {
        return new Draft<>(value, FOR_EVER, asOfNanos, 0, Entry.Notes.NONE, Set.of());
    }

    /**
     * The times of an entry that is stored at {@code nowNanos}.
     *
     * @param fallbackMillis how long it may serve as a fallback once it has expired
     */
    Entry.Times times(long nowNanos, long fallbackMillis) {
        if (ttlMillis == FOR_EVER) {
            return new Entry.Times(asOfNanos, Entry.FOR_EVER, Entry.FOR_EVER, loadNanos);
        }
        long freshUntil = nowNanos + TimeUnit.MILLISECONDS.toNanos(ttlMillis);
        long staleUntil = freshUntil + TimeUnit.MILLISECONDS.toNanos(fallbackMillis);
        return new Entry.Times(asOfNanos, freshUntil, staleUntil, loadNanos);
    }

    /** What a load gave, as those get it who waited for it. */
    Entry<V> unstored() {
        return new Entry<>(value, times(asOfNanos, 0), 0, 0, Entry.Kind.UNSTORED, notes, null);
    }
}
