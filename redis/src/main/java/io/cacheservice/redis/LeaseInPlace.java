package io.cacheservice.redis;

import io.cacheservice.EntryVersion;
import io.cacheservice.redis.internal.server.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lease whose placeholder stands under the key itself, so that whoever writes the key ends it.
 *
 * @param take how the placeholder comes there
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
record LeaseInPlace(byte[] key, byte[] placeholder, ScriptCall take) implements LeaseCalls {
    /**
     * Waits for others.
     *
     * @param refreshKey the key of the refresh lease of {@code key}
     * @param over the version of the bytes that it may take the place of; null: of none
     */
    static LeaseInPlace asked(
            byte[] key, byte[] refreshKey, byte[] placeholder, long leaseMillis, @Nullable EntryVersion over) {
        List<byte[]> arguments = List.of(placeholder, ScriptCall.decimal(leaseMillis), ScriptCall.version(over));
        return new LeaseInPlace(
                key, placeholder, new ScriptCall(Script.LEASE, List.of(key, refreshKey), key, arguments));
    }

    /** Waits for nobody. */
    static LeaseInPlace seized(byte[] key, byte[] placeholder, long leaseMillis) {
        return new LeaseInPlace(
                key,
                placeholder,
                ScriptCall.changing(key, Script.OVERWRITE, placeholder, ScriptCall.decimal(leaseMillis)));
    }

    @Override
    public ScriptCall fill(byte[] value, long pxMillis) {
        return ScriptCall.changing(key, Script.FILL, placeholder, value, ScriptCall.decimal(pxMillis));
    }

    @Override
    public ScriptCall release(byte @Nullable [] marker, long markerMillis) {
        return ScriptCall.changing(
                key, Script.RELEASE, placeholder, ScriptCall.optional(marker), ScriptCall.decimal(markerMillis));
    }
}
