package io.cacheservice.internal.engine;

import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Tiers;
import io.cacheservice.TypeRef;
import java.time.Duration;
import java.util.Optional;

/**
 * What two caches of one name must have in common. Functions cannot be compared: only whether there is one counts.
 *
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
        EntryFormat format,
        OnUnavailable onUnavailable,
        boolean ownRedisKeys,
        boolean hasLoader,
        boolean hasBulkLoader,
        boolean loadsOnCaller) {}
