package io.cacheservice.internal.entry;

import io.cacheservice.spi.ValueCodec;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The codecs that need nothing: bytes, text and whole numbers. Their ids are listed in {@code docs/wire-format.md}. */
final class BuiltInCodecs {
    static final int BYTES_ID = 0;
    static final int TEXT_ID = 1;
    static final int DECIMAL_ID = 3;

    private static final Map<Type, ValueCodec<?>> BY_TYPE = Map.of(
            byte[].class, new Bytes(),
            String.class, new Text(),
            Long.class, new LongDecimal(),
            Integer.class, new IntDecimal());

    private BuiltInCodecs() {}

    /** The codec for {@code type}; null when none is built in. */
    static @Nullable ValueCodec<?> forType(Type type) {
        return BY_TYPE.get(type);
    }

    /** Whether {@code codec} is one of these. */
    static boolean has(ValueCodec<?> codec) {
        return BY_TYPE.containsValue(codec);
    }

    /**
     * Bytes as they are. Copied when they are written, so that no caller shares an array with the cache; an array that holds
     * nothing else is whoever's who has it decoded, and is not copied.
     */
    private static final class Bytes implements ValueCodec<byte[]> {
        @Override
        public int id() {
            return BYTES_ID;
        }

        @Override
        public byte[] encode(byte[] value) {
            return value.clone();
        }

        @Override
        public byte[] decode(byte[] bytes, int offset, int length) {
            return offset == 0 && length == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
        }
    }

    /** Strict UTF-8: what has no exact form is refused both ways. */
    private static final class Text implements ValueCodec<String> {
        @Override
        public int id() {
            return TEXT_ID;
        }

        @Override
        public byte[] encode(String value) throws CharacterCodingException {
            return Utf8.encode(value);
        }

        @Override
        public String decode(byte[] bytes, int offset, int length) throws CharacterCodingException {
            return Utf8.decode(bytes, offset, length);
        }
    }

    /** Plain decimal text; one id for both widths, so that a field may grow from int to long and keep its entries. */
    private static final class LongDecimal implements ValueCodec<Long> {
        @Override
        public int id() {
            return DECIMAL_ID;
        }

        @Override
        public byte[] encode(Long value) {
            return PlainDecimal.bytes(value);
        }

        @Override
        public @Nullable Long decode(byte[] bytes, int offset, int length) {
            OptionalLong value = PlainDecimal.parse(bytes, offset, length);
            return value.isPresent() ? value.getAsLong() : null;
        }
    }

    private static final class IntDecimal implements ValueCodec<Integer> {
        @Override
        public int id() {
            return DECIMAL_ID;
        }

        @Override
        public byte[] encode(Integer value) {
            return PlainDecimal.bytes(value);
        }

        @Override
        public @Nullable Integer decode(byte[] bytes, int offset, int length) {
            OptionalLong value = PlainDecimal.parse(bytes, offset, length);
            boolean fits = value.isPresent() && (int) value.getAsLong() == value.getAsLong();
            return fits ? (int) value.getAsLong() : null;
        }
    }
}
