package io.cacheservice.spring;

import io.cacheservice.CacheBuilder;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Tiers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one cache, {@code cache-service.caches.<name>.*}. What is null has the default of {@link CacheBuilder},
 * but for {@code nullTtl} and {@code onUnavailable}, which have Spring's.
 *
 * @param type the class of the cache's values; null: what the annotated methods return
 * @param ttl how long entries live
 * @param nullTtl how long it is remembered that a method returned null; none: it is not. As long as other values by default
 * @param failSafe how long after its end an entry may still be served
 * @param slidingTtl lets entries live on while they are read
 * @param tiers which tiers are used
 * @param maxStaleness the bound on staleness of local copies; none: Redis is always asked
 * @param localMaxMemory a bound of its own for local copies
 * @param onUnavailable whether a call fails while Redis cannot answer, or goes on without the cache, which is the default
 */
record CachePolicy(
        @Nullable Class<?> type,
        @Nullable SettingDuration ttl,
        @Nullable SettingDuration nullTtl,
        @Nullable SettingDuration failSafe,
        @Nullable SettingDuration slidingTtl,
        @Nullable Tiers tiers,
        @Nullable SettingDuration maxStaleness,
        @Nullable SettingSize localMaxMemory,
        @Nullable OnUnavailable onUnavailable) {
    /** Nothing said. */
    static final CachePolicy DEFAULTS = new CachePolicy(null, null, null, null, null, null, null, null, null);

    /** Whether a call fails while Redis cannot answer. */
    boolean failsWhenUnavailable() {
        return onUnavailable == OnUnavailable.FAIL;
    }

    /** Tells {@code builder} what the properties say. */
    void applyTo(CacheBuilder<Object, Object> builder, Duration defaultTtl) {
        builder.onUnavailable(failsWhenUnavailable() ? OnUnavailable.FAIL : OnUnavailable.MISS);
        if (ttl != null) {
            builder.ttl(ttl.value());
        }
        Duration forNulls = nullTtl != null ? nullTtl.value() : ttl != null ? ttl.value() : defaultTtl;
        if (!forNulls.isZero()) {
            builder.nullTtl(forNulls);
        }
        if (failSafe != null) {
            builder.failSafe(failSafe.value());
        }
        if (slidingTtl != null) {
            builder.slidingTtl(slidingTtl.value());
        }
        if (tiers != null) {
            builder.tiers(tiers);
        }
        if (maxStaleness != null) {
            builder.maxStaleness(maxStaleness.value());
        }
        if (localMaxMemory != null) {
            builder.localMaxMemory(localMaxMemory.bytes());
        }
    }
}
