package io.cacheservice.internal.engine;

import io.cacheservice.CacheSerializationException;
import io.cacheservice.spi.ValueCodec;
import org.jspecify.annotations.Nullable;

/** Encodes values, with the errors users see, and knows how large they may be. */
record Encoding<V>(String cacheName, ValueCodec<V> codec, Limits limits) {
    /**
     * The bytes of {@code value}; null for null.
     *
     * @throws CacheSerializationException when it cannot be encoded
     * @throws io.cacheservice.CacheMemoryException when it is larger than {@code maxValueBytes}
     */
    byte @Nullable [] encode(Object key, @Nullable V value) {
        if (value == null) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = codec.encode(value);
        } catch (CacheSerializationException own) {
            throw own;
        } catch (Exception | StackOverflowError | LinkageError e) { // whatever a codec throws
            throw new CacheSerializationException(
                    "the value of '" + key + "' in cache '" + cacheName + "', a "
                            + value.getClass().getName() + ", cannot be encoded: " + e
                            + ". Give the cache a codec that can, or store another type",
                    e);
        }
        limits.requireValue(key, bytes.length);
        return bytes;
    }
}
