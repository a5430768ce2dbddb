package io.cacheservice.internal.entry;

import io.cacheservice.spi.ValueCodec;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shapes in which values of one cache are found: its own, which is written, and those of other versions of the program that
 * can be read too. Immutable, and safe for use by many threads where the codecs and functions are.
 *
 * @param <V> the value
 */
public final class Shapes<V> {
    private final ValueCodec<V> own;
    private final Map<Integer, Other<?, V>> others;

    /**
     * @param own writes values, and reads what has its schema
     * @param others by their schema
     */
    public Shapes(ValueCodec<V> own, Map<Integer, Other<?, V>> others) {
        this.own = own;
        this.others = Map.copyOf(others);
    }

    /** Values in the one shape of {@code codec}. */
    public static <V> Shapes<V> only(ValueCodec<V> codec) {
        return new Shapes<>(codec, Map.of());
    }

    /**
     * A shape that another version of the program writes.
     *
     * @param codec reads it; its own schema says nothing
     * @param migration makes of it what this version knows; null: it cannot
     */
    public record Other<O, V>(ValueCodec<O> codec, Function<? super O, ? extends @Nullable V> migration) {
        private @Nullable V decode(byte[] bytes, int offset, int length) throws Exception {
            O found = codec.decode(bytes, offset, length);
            return found == null ? null : migration.apply(found);
        }
    }

    /** What writes values, and reads them in the shape that is written. */
    public ValueCodec<V> own() {
        return own;
    }

    /** Whether there is but one, of a codec of this project. */
    public boolean isBuiltIn() {
        return others.isEmpty() && Codecs.isBuiltIn(own);
    }

    /** Whether the value was written in the shape that this program writes. */
    public boolean isOwn(EntryHeader header) {
        return header.codecId() == own.id() && header.schema() == own.schema();
    }

    /** Whether a newer version of this program wrote the value: as far as can be known, where the codec is another one. */
    public boolean isNewer(EntryHeader header) {
        return header.schema() > own.schema() && (header.codecId() == own.id() || other(header) != null);
    }

    /** Whether the value can be read. */
    public boolean reads(EntryHeader header) {
        return isOwn(header) || other(header) != null;
    }

    /**
     * The value of a payload; null when the bytes are none.
     *
     * @param header what {@link #reads} said yes to
     * @throws Exception of the codec or of the migration
     */
    public @Nullable V decode(EntryHeader header, byte[] bytes, int offset, int length) throws Exception {
        Other<?, V> other = isOwn(header) ? null : other(header);
        return other == null ? own.decode(bytes, offset, length) : other.decode(bytes, offset, length);
    }

    private @Nullable Other<?, V> other(EntryHeader header) {
        Other<?, V> other = others.get(header.schema());
        return other != null && other.codec().id() == header.codecId() ? other : null;
    }
}
