package io.cacheservice.server.http;

import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import java.util.Locale;

/** Writes the {@code Cache-Status} field of RFC 9211. */
final class CacheStatus {
    private CacheStatus() {}

    /** The field's value for the outcome of a read. */
    static String of(Lookup<?> lookup) {
        StringBuilder field = new StringBuilder("cache-service");
        if (lookup instanceof Lookup.Hit<?> hit) {
            field.append(hit.reason() == Reason.LOADED ? "; fwd=miss" : "; hit");
            hit.remaining().ifPresent(left -> field.append("; ttl=").append(left.toSeconds()));
            return field.append("; detail=")
                    .append(hit.stale() ? "stale-" : "")
                    .append(word(hit.tier()))
                    .toString();
        }
        return field.append("; detail=").append(word(lookup.reason())).toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
