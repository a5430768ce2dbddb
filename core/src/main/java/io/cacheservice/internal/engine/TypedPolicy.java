package io.cacheservice.internal.engine;

import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Tiers;
import io.cacheservice.TypeRef;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What two caches of one name must have in common. Functions cannot be compared: only whether there is one counts.
 *
 * @param tiers never {@link Tiers#BOTH} with a {@code maxStaleness} of zero
 * @param localMaxBytes its own bound in this process; empty: it shares the service's
 * @param standardKeys the library's own key codec, if it is one of those
 */
record TypedPolicy(
        Optional<KeyCodec<?>> standardKeys,
        TypeRef<?> type,
        int codecId,
        int schema,
        Duration ttl,
        Optional<Duration> nullTtl,
        Tiers tiers,
        Duration maxStaleness,
        OptionalLong localMaxBytes,
        EntryFormat format,
        OnUnavailable onUnavailable,
        boolean ownRedisKeys,
        boolean hasLoader,
        boolean hasBulkLoader,
        boolean loadsOnCaller) {}
