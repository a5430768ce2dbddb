package io.cacheservice.redis;

import io.cacheservice.EntryVersion;
import io.cacheservice.redis.internal.server.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lease whose placeholder stands under a key of its own, so that the entry stays, and its copies are used, until it is
 * filled. Only the exact entry that was seen is ever replaced.
 *
 * @param leaseKey where the placeholder stands
 * @param seen the version of the entry
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
record LeaseForRefresh(byte[] key, byte[] leaseKey, byte[] placeholder, long leaseMillis, EntryVersion seen)
        implements LeaseCalls {
    @Override
    public ScriptCall take() {
        List<byte[]> arguments = List.of(placeholder, ScriptCall.decimal(leaseMillis), ScriptCall.version(seen));
        return new ScriptCall(Script.REFRESH_LEASE, List.of(key, leaseKey), null, arguments);
    }

    @Override
    public ScriptCall fill(byte[] value, long pxMillis) {
        List<byte[]> arguments = List.of(placeholder, ScriptCall.version(seen), value, ScriptCall.decimal(pxMillis));
        return new ScriptCall(Script.REFRESH_FILL, List.of(key, leaseKey), key, arguments);
    }

    @Override
    public ScriptCall release(byte @Nullable [] marker, long markerMillis) {
        List<byte[]> arguments = List.of(placeholder, ScriptCall.optional(marker), ScriptCall.decimal(markerMillis));
        return new ScriptCall(Script.RELEASE, List.of(leaseKey), null, arguments);
    }
}
