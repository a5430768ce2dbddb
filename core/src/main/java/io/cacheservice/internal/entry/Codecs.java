package io.cacheservice.internal.entry;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.spi.ValueCodecProvider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the codec for a type: the built-in ones first, then those of providers on the class path. */
public final class Codecs {
    private Codecs() {}

    /**
     * The codec for {@code type}.
     *
     * @throws CacheConfigException when there is none, or a provider on the class path is broken
     */
    public static <V> ValueCodec<V> find(TypeRef<V> type) {
        try {
            return find(type, ServiceLoader.load(ValueCodecProvider.class));
        } catch (ServiceConfigurationError e) {
            throw new CacheConfigException(
                    "no codec for " + type + ": a ValueCodecProvider on the class path cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    static <V> ValueCodec<V> find(TypeRef<V> type, Iterable<ValueCodecProvider> providers) {
        ValueCodec<?> builtIn = BuiltInCodecs.forType(type.type());
        if (builtIn != null) {
            @SuppressWarnings("unchecked") // the table holds for each type a codec of that type
            ValueCodec<V> codec = (ValueCodec<V>) builtIn;
            return codec;
        }
        for (ValueCodecProvider provider : providers) {
            Optional<ValueCodec<V>> codec = provider.codecFor(type);
            if (codec.isPresent()) {
                return requireUsable(codec.get());
            }
        }
        throw new CacheConfigException("no codec for " + type
                + ": add the artifact io.cacheservice:cache-service-jackson to store it as JSON, or give the cache one"
                + " with .codec(..)");
    }

    /**
     * The same codec for values of another {@linkplain ValueCodec#schema() schema}.
     *
     * @throws CacheConfigException when an entry cannot carry {@code schema}
     */
    public static <V> ValueCodec<V> withSchema(ValueCodec<V> codec, int schema) {
        return requireUsable(new OfSchema<>(codec, schema));
    }

    /** Whether {@code codec} is one of ours: a copy or a few digits. */
    public static boolean isBuiltIn(ValueCodec<?> codec) {
        return codec instanceof OfSchema<?> given ? isBuiltIn(given.codec()) : BuiltInCodecs.has(codec);
    }

    /**
     * Returns {@code codec} if its id and schema can be written into an entry.
     *
     * @throws CacheConfigException when not
     */
    public static <V> ValueCodec<V> requireUsable(ValueCodec<V> codec) {
        if (codec.id() < 0 || codec.id() > 255 || codec.schema() < 0) {
            throw new CacheConfigException("codec " + codec.getClass().getName() + " has id " + codec.id()
                    + " and schema " + codec.schema() + ": expected an id from 0 to 255 (128 to 255 are free for users)"
                    + " and a schema from 0 to 2147483647");
        }
        return codec;
    }

    private record OfSchema<V>(ValueCodec<V> codec, int schema) implements ValueCodec<V> {
        @Override
        public int id() {
            return codec.id();
        }

        @Override
        public byte[] encode(V value) throws Exception {
            return codec.encode(value);
        }

        @Override
        public @Nullable V decode(byte[] bytes, int offset, int length) throws Exception {
            return codec.decode(bytes, offset, length);
        }
    }
}
