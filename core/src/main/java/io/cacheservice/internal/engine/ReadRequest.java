package io.cacheservice.internal.engine;

import io.cacheservice.BulkLoader;
import io.cacheservice.Loader;
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
 * @param loader asked when there is no usable entry; null: nobody is
 * @param bulkLoader preferred for several keys
 * @param ttlMillis the life of what is loaded
 * @param withRemaining whether the entry's end must be known
 * @param loadOn runs the loader
 * @param decodeOn decodes what a remote tier answered
 */
record ReadRequest<K, V>(
        ReadOptions options,
        @Nullable Loader<? super K, ? extends V> loader,
        @Nullable BulkLoader<K, V> bulkLoader,
        long ttlMillis,
        boolean withRemaining,
        Executor loadOn,
        Executor decodeOn) {

    /** Whether the store must know the entry's end: its age follows from it. */
    boolean needsRemaining() {
        return withRemaining || options.maxAge().isPresent();
    }

    /** Whether {@code entry} is young enough for the caller. */
    boolean accepts(Entry<V> entry, TimeSource time) {
        return options.maxAge().isEmpty()
                || time.nanoTime() - entry.asOfNanos()
                        <= TimeUnit.NANOSECONDS.convert(options.maxAge().orElseThrow());
    }

    /** Whether anyone may be asked for a value that is not there. */
    boolean canLoad() {
        return options.mayLoad() && (loader != null || bulkLoader != null);
    }
}
