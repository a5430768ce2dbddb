package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Numbers, which schema 1 wrote as text with a unit, and schema 9 will write with two. */
class ShapesTest {
    private static final int TEXT = 1;
    private static final int DECIMAL = 3;

    private final Shapes<Long> shapes =
            new Shapes<>(Codecs.withSchema(Codecs.find(TypeRef.of(Long.class)), 2), Map.of(1, metres(), 9, metres()));

    @Test
    void whatHasTheOwnSchemaIsReadByTheOwnCodec() throws Exception {
        assertThat(shapes.isOwn(header(DECIMAL, 2))).isTrue();
        assertThat(decoded(header(DECIMAL, 2), "12")).isEqualTo(12);
    }

    @Test
    void whatHasAnotherSchemaIsReadByItsMigration() throws Exception {
        assertThat(shapes.isOwn(header(TEXT, 1))).isFalse();
        assertThat(shapes.isNewer(header(TEXT, 1))).isFalse();
        assertThat(decoded(header(TEXT, 1), "12 m")).isEqualTo(12);
        assertThat(shapes.isNewer(header(TEXT, 9))).isTrue();
        assertThat(decoded(header(TEXT, 9), "12 m")).isEqualTo(12);
    }

    @Test
    void whatHasAnotherCodecIsNotRead() {
        assertThat(shapes.reads(header(DECIMAL, 1))).isFalse();
        assertThat(shapes.reads(header(TEXT, 2))).isFalse();
    }

    @Test
    void aHigherSchemaOfTheOwnCodecIsNewerAndOneOfAnotherMayBeAnything() {
        assertThat(shapes.isNewer(header(DECIMAL, 3))).isTrue();
        assertThat(shapes.reads(header(DECIMAL, 3))).isFalse();
        assertThat(shapes.isNewer(header(TEXT, 3))).isFalse();
    }

    @Test
    void aBuiltInCodecOfAnotherSchemaIsStillBuiltIn() {
        assertThat(Shapes.only(Codecs.withSchema(Codecs.find(TypeRef.of(Long.class)), 2))
                        .isBuiltIn())
                .isTrue();
        assertThat(shapes.isBuiltIn()).isFalse();
    }

    private @Nullable Long decoded(EntryHeader header, String payload) throws Exception {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return shapes.reads(header) ? shapes.decode(header, bytes, 0, bytes.length) : null;
    }

    private static Shapes.Other<String, Long> metres() {
        return new Shapes.Other<>(
                Codecs.find(TypeRef.of(String.class)), text -> Long.valueOf(text.substring(0, text.indexOf(' '))));
    }

    private static EntryHeader header(int codecId, int schema) {
        return EntryHeader.value(1, codecId, schema, EntryLife.of(1_000));
    }
}
