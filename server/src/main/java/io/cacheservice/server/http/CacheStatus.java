package io.cacheservice.server.http;

import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import java.util.Locale;

/**
 * Writes the {@code Cache-Status} field of RFC 9211: {@code hit} for what was there, {@code fwd} where the source was asked and
 * why, {@code stored} when its answer was kept, {@code ttl} in seconds, {@code collapsed} when another request had asked
 * already, and as {@code detail} the tier or the reason.
 */
final class CacheStatus {
    private CacheStatus() {}

    /** The field's value for the outcome of a read. */
    static String of(Lookup<?> lookup) {
        StringBuilder field = new StringBuilder("cache-service").append(how(lookup.reason(), lookup.isHit()));
        if (lookup instanceof Lookup.Hit<?> hit) {
            if (isOfTheSource(hit.reason()) && hit.version().isPresent()) {
                field.append("; stored");
            }
            hit.remaining().ifPresent(left -> field.append("; ttl=").append(left.toSeconds()));
        }
        if (lookup.reason() == Reason.JOINED) {
            field.append("; collapsed");
        }
        return field.append("; detail=").append(detail(lookup)).toString();
    }

    /** What has expired is only given once the source was asked, whether it failed or has not answered yet. */
    private static String how(Reason reason, boolean isHit) {
        return switch (reason) {
            case LOADED, JOINED, DEFAULT_ON_ERROR -> "; fwd=miss";
            case STALE_ON_ERROR, STALE_WHILE_LOADING -> "; fwd=stale";
            case FOUND, LOCAL_ONLY, NOT_FOUND, TOO_OLD, UNDECODABLE, UNAVAILABLE -> isHit ? "; hit" : "";
        };
    }

    private static String detail(Lookup<?> lookup) {
        boolean tellsTier = lookup.isHit() && (lookup.reason() == Reason.FOUND || isOfTheSource(lookup.reason()));
        return word(tellsTier ? lookup.tier() : lookup.reason());
    }

    private static boolean isOfTheSource(Reason reason) {
        return reason == Reason.LOADED || reason == Reason.JOINED;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
