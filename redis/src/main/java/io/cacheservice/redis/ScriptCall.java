package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cacheservice.EntryVersion;
import io.cacheservice.redis.internal.server.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script and what it is run on.
 *
 * @param keys those that it touches, all in one hash slot
 * @param changes the key of which copies end with it; null: none
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
record ScriptCall(Script script, List<byte[]> keys, byte @Nullable [] changes, List<byte[]> arguments) {
    /** A script that changes its only key. */
    static ScriptCall changing(byte[] key, Script script, byte[]... arguments) {
        return new ScriptCall(script, List.of(key), key, List.of(arguments));
    }

    /** The same on the first key alone. */
    ScriptCall onFirstKey() {
        return new ScriptCall(script, keys.subList(0, 1), changes, arguments);
    }

    /** How many bytes of arguments it carries. */
    int weight() {
        int sum = 0;
        for (byte[] argument : arguments) {
            sum += argument.length;
        }
        return sum;
    }

    /** Bytes as an argument; null is the empty one. */
    static byte[] optional(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    /** A version as an argument; null is the empty one, which no bytes have. */
    static byte[] version(@Nullable EntryVersion version) {
        return version == null ? new byte[0] : version.toString().getBytes(US_ASCII);
    }

    /** A number as an argument. */
    static byte[] decimal(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
