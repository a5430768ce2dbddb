package io.cacheservice.internal.entry;

import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.spi.ValueCodecProvider;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A user's provider, found through {@code META-INF/services}. */
public final class CountryCodeProvider implements ValueCodecProvider {
    @Override
    @SuppressWarnings("unchecked") // the types were compared
    public <V> Optional<ValueCodec<V>> codecFor(TypeRef<V> type) {
        return type.type() == CodecsTest.CountryCode.class
                ? Optional.of((ValueCodec<V>) new CountryCodec(200))
                : Optional.empty();
    }

    record CountryCodec(int id) implements ValueCodec<CodecsTest.CountryCode> {
        @Override
        public byte[] encode(CodecsTest.CountryCode value) {
            return value.letters().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public CodecsTest.CountryCode decode(byte[] bytes, int offset, int length) {
            return new CodecsTest.CountryCode(new String(bytes, offset, length, StandardCharsets.US_ASCII));
        }
    }
}
