package io.cacheservice;

import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes a key as text, for Redis. Must be injective (two keys never share a text), stable over versions of a program,
 * and safe for use by many threads.
 *
 * @param <K> the key; immutable, with {@code equals} and {@code hashCode}
 */
@FunctionalInterface
public interface KeyCodec<K> {
    /** The text of {@code key}; not empty. */
    String encode(K key);

    /** Strings as they are. */
    static KeyCodec<String> string() {
        return StandardKeys.STRING;
    }

    /** Longs in decimal. */
    static KeyCodec<Long> longs() {
        return StandardKeys.LONG;
    }

    /** Ints in decimal. */
    static KeyCodec<Integer> ints() {
        return StandardKeys.INT;
    }

    /** UUIDs in their usual 36 characters. */
    static KeyCodec<UUID> uuid() {
        return StandardKeys.UUIDS;
    }

    /** Any key through a function of the user's. */
    static <K> KeyCodec<K> of(Function<? super K, String> function) {
        Objects.requireNonNull(function, "function");
        return function::apply;
    }
}
