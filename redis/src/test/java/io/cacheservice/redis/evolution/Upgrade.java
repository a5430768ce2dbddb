package io.cacheservice.redis.evolution;

import io.cacheservice.CacheBuilder;
import io.cacheservice.spi.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What an upgrade does to the shape of values, and what the two versions of the program can read. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum Upgrade {
    /** The same schema: what is new is passed over by the one, and not missed by the other. */
    SAME_SCHEMA("the schema stays", old -> old.codec(Shape.OLD), young -> young.codec(Shape.OLD)),
    /** An old version that was made ready before reads the new shape too. */
    BOTH_MIGRATE(
            "new schema, both versions read both",
            old -> old.codec(Shape.OLD).schema(1).migrate(2, Shape.NEW, value -> value),
            young -> young.codec(Shape.NEW).schema(2).migrate(1, Shape.OLD, value -> value)),
    /** The new version reads the old shape. */
    NEW_MIGRATES(
            "new schema, the new version reads the old one",
            old -> old.codec(Shape.OLD).schema(1),
            young -> young.codec(Shape.NEW).schema(2).migrate(1, Shape.OLD, value -> value)),
    /** Nobody reads anything of the other. */
    NO_MIGRATION(
            "new schema, no migration",
            old -> old.codec(Shape.OLD).schema(1),
            young -> young.codec(Shape.NEW).schema(2));

    private final String words;
    private final UnaryOperator<CacheBuilder<Integer, Long>> old;
    private final UnaryOperator<CacheBuilder<Integer, Long>> young;

    Upgrade(
            String words,
            UnaryOperator<CacheBuilder<Integer, Long>> old,
            UnaryOperator<CacheBuilder<Integer, Long>> young) {
        this.words = words;
        this.old = old;
        this.young = young;
    }

    /** As a table says it. */
    String words() {
        return words;
    }

    /** Says of a cache what this version of the program says. */
    CacheBuilder<Integer, Long> of(CacheBuilder<Integer, Long> cache, boolean isNew) {
        return (isNew ? young : old).apply(cache);
    }

    /** Numbers behind a mark; what has another one is no value. */
    private record Shape(char mark) implements ValueCodec<Long> {
        static final Shape OLD = new Shape('o');
        static final Shape NEW = new Shape('n');

        @Override
        public int id() {
            return 200;
        }

        @Override
        public byte[] encode(Long value) {
            return (mark + value.toString()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable Long decode(byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            return text.charAt(0) == mark ? Long.valueOf(text.substring(1)) : null;
        }
    }
}
