package io.cacheservice.internal.engine;

import io.cacheservice.EntryOptions;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes drafts of what callers ask. */
final class Drafts {
    private Drafts() {}

    static <V> Draft<V> of(
            @Nullable V value, EntryOptions options, long defaultTtlMillis, TimeSource time, Set<String> tags) {
        Duration ttl = options.deadline()
                .map(deadline -> Duration.ofMillis(deadline.toEpochMilli() - time.epochMillis()))
                .or(options::ttl)
                .orElse(null);
        long ttlMillis =
                options.isForEver() ? Draft.FOR_EVER : ttl == null ? defaultTtlMillis : Limits.requireTtlMillis(ttl);
        return new Draft<>(
                value,
                ttlMillis,
                time.nanoTime(),
                0,
                Entry.Notes.contentType(options.contentType().orElse(null)),
                tags);
    }
}
