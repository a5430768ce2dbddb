package io.cacheservice.spring;

import io.cacheservice.CacheBuilder;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Tiers;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one cache, {@code cache-service.caches.<name>.*}. What is null has the default of {@link CacheBuilder},
 * but for {@code nullTtl}, {@code errorTtl}, {@code loadTimeout} and {@code onUnavailable}, which have Spring's.
 *
 * @param type the class of the cache's values; null: what the annotated methods return
 * @param ttl how long entries live
 * @param nullTtl how long it is remembered that a method returned null; none: it is not. As long as other values by default
 * @param errorTtl how long it is remembered that a method threw, so that others get that error; none by default
 * @param failSafe how long after its end an entry may still be served where a {@code sync} method throws or is slow
 * @param softTimeout how long others wait for a method before they are served so
 * @param hardTimeout how long others wait for a method where there is nothing to serve
 * @param loadTimeout how long a {@code sync} method may take; a minute by default
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
        @Nullable SettingDuration errorTtl,
        @Nullable SettingDuration failSafe,
        @Nullable SettingDuration softTimeout,
        @Nullable SettingDuration hardTimeout,
        @Nullable SettingDuration loadTimeout,
        @Nullable SettingDuration slidingTtl,
        @Nullable Tiers tiers,
        @Nullable SettingDuration maxStaleness,
        @Nullable SettingSize localMaxMemory,
        @Nullable OnUnavailable onUnavailable) {
    /** A method that is worth caching may be slow; one that hangs must not keep others for ever. */
    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(1);

    /** Nothing said. */
    static final CachePolicy DEFAULTS =
            new CachePolicy(null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** Whether a call fails while Redis cannot answer. */
    boolean failsWhenUnavailable() {
        return onUnavailable == OnUnavailable.FAIL;
    }

    /** Tells {@code builder} what the properties say. */
    void applyTo(CacheBuilder<Object, Object> builder, Duration defaultTtl) {
        builder.onUnavailable(failsWhenUnavailable() ? OnUnavailable.FAIL : OnUnavailable.MISS);
        builder.errorTtl(errorTtl == null ? Duration.ZERO : errorTtl.value());
        builder.loadTimeout(loadTimeout == null ? LOAD_TIMEOUT : loadTimeout.value());
        Duration forNulls = nullTtl != null ? nullTtl.value() : ttl != null ? ttl.value() : defaultTtl;
        if (!forNulls.isZero()) {
            builder.nullTtl(forNulls);
        }
        tell(ttl, builder::ttl);
        tell(failSafe, builder::failSafe);
        tell(softTimeout, builder::softTimeout);
        tell(hardTimeout, builder::hardTimeout);
        tell(slidingTtl, builder::slidingTtl);
        tell(maxStaleness, builder::maxStaleness);
        if (tiers != null) {
            builder.tiers(tiers);
        }
        if (localMaxMemory != null) {
            builder.localMaxMemory(localMaxMemory.bytes());
        }
    }

    private static void tell(@Nullable SettingDuration said, Consumer<Duration> setting) {
        if (said != null) {
            setting.accept(said.value());
        }
    }
}
