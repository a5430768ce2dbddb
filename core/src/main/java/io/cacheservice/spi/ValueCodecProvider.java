package io.cacheservice.spi;

import io.cacheservice.TypeRef;
import java.util.Optional;

/** Finds a codec for a type. Found with {@link java.util.ServiceLoader}; the first that answers is used. */
public interface ValueCodecProvider {
    /** A codec for {@code type}; empty when this provider does not know it. */
    <V> Optional<ValueCodec<V>> codecFor(TypeRef<V> type);
}
