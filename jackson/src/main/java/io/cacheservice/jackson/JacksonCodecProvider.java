package io.cacheservice.jackson;

import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.spi.ValueCodecProvider;
import java.util.Optional;

/**
 * Offers a {@link JacksonCodec} for every type but {@code Object}, which says nothing about what to read. Found with {@link
 * java.util.ServiceLoader}: this module on the class path is enough.
 */
public final class JacksonCodecProvider implements ValueCodecProvider {
    /** For {@link java.util.ServiceLoader}. */
    public JacksonCodecProvider() {}

    @Override
    public <V> Optional<ValueCodec<V>> codecFor(TypeRef<V> type) {
        return type.type() == Object.class ? Optional.empty() : Optional.of(new JacksonCodec<>(type));
    }
}
