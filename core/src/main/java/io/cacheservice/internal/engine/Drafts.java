package io.cacheservice.internal.engine;

import io.cacheservice.EntryOptions;
import io.cacheservice.internal.local.Entry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes drafts of what callers ask. */
final class Drafts {
    private Drafts() {}

    static <V> Draft<V> of(
            @Nullable V value, EntryOptions options, long defaultTtlMillis, long nowNanos, Set<String> tags) {
        long ttlMillis = options.isForEver()
                ? Draft.FOR_EVER
                : options.ttl().map(Limits::requireTtlMillis).orElse(defaultTtlMillis);
        return new Draft<>(
                value,
                ttlMillis,
                nowNanos,
                0,
                Entry.Notes.contentType(options.contentType().orElse(null)),
                tags);
    }
}
