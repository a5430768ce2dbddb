package io.cacheservice.internal.engine;

import io.cacheservice.ReadOptions;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How one read is to be answered.
 *
 * @param options what the caller asked
 * @param loaders asked when there is no usable entry
 * @param ttlMillis the life of what is loaded, where the loader names none
 * @param isTtlExact whether the caller named it, so that it is not shortened
 * @param withRemaining whether the entry's end must be known
 * @param loadOn runs the loader
 * @param backgroundOn runs it where the caller does not wait
 * @param decodeOn decodes what a remote tier answered
 * @param askedBy the call of a loader that asks this; null: none does
 */
record ReadRequest<K, V>(
        ReadOptions options,
        Loaders<K, V> loaders,
        long ttlMillis,
        boolean isTtlExact,
        boolean withRemaining,
        Executor loadOn,
        Executor backgroundOn,
        Executor decodeOn,
        @Nullable LoaderCall askedBy) {
    /** A request of this thread. */
    ReadRequest(
            ReadOptions options,
            Loaders<K, V> loaders,
            long ttlMillis,
            boolean isTtlExact,
            boolean withRemaining,
            Executor loadOn,
            Executor backgroundOn,
            Executor decodeOn) {
        this(
                options,
                loaders,
                ttlMillis,
                isTtlExact,
                withRemaining,
                loadOn,
                backgroundOn,
                decodeOn,
                LoaderCall.current());
    }

    /** The same for a load that the caller may not wait for. */
    ReadRequest<K, V> inBackground() {
        return new ReadRequest<>(
                options,
                loaders,
                ttlMillis,
                isTtlExact,
                withRemaining,
                backgroundOn,
                backgroundOn,
                backgroundOn,
                askedBy);
    }

    /** Whether the store must know the entry's end: its age follows from it. */
    boolean needsRemaining() {
        return withRemaining || options.maxAge().isPresent();
    }

    /** Whether {@code entry} is young enough for the caller. */
    boolean accepts(Entry<V> entry, TimeSource time) {
        return acceptsAsOf(entry.asOfNanos(), time);
    }

    /** Whether what was begun at {@code asOfNanos} is young enough for the caller; of unknown age it is for any age only. */
    boolean acceptsAsOf(long asOfNanos, TimeSource time) {
        return accepts(options, asOfNanos, time);
    }

    /** Whether {@code options} allow for what was begun at {@code asOfNanos}. */
    static boolean accepts(ReadOptions options, long asOfNanos, TimeSource time) {
        if (options.maxAge().isEmpty()) {
            return true;
        }
        long maxAgeNanos = TimeUnit.NANOSECONDS.convert(options.maxAge().orElseThrow());
        return maxAgeNanos == Long.MAX_VALUE
                || (asOfNanos != Entry.AS_OF_UNKNOWN && time.nanoTime() - asOfNanos <= maxAgeNanos);
    }

    /** Whether anyone may be asked for a value that is not there. */
    boolean canLoad() {
        return options.mayLoad() && !loaders.isEmpty();
    }
}
