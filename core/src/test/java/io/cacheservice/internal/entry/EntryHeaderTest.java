package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryHeaderTest {
    private static final EntryHeader HEADER = EntryHeader.value(1, 0, 0, EntryLife.of(1));

    @Property
    void everyHeaderAndPayloadComeBackAsTheyWere(@ForAll("headers") EntryHeader header, @ForAll byte[] payload) {
        byte[] carried = header.kind() == EntryKind.VALUE ? payload : new byte[0];
        byte[] encoded = EntryCodec.encode(header, carried);

        Decoded.Stored stored = (Decoded.Stored) EntryCodec.decode(encoded, carried.length);

        assertThat(stored.header()).isEqualTo(header);
        assertThat(Arrays.copyOfRange(encoded, stored.payloadOffset(), encoded.length))
                .isEqualTo(carried);
    }

    @Provide
    Arbitrary<EntryHeader> headers() {
        Arbitrary<EntryLife> lives = Arbitraries.longs()
                .between(0, 1L << 46)
                .array(long[].class)
                .ofSize(3)
                .map(parts -> new EntryLife(parts[0], parts[0] + parts[1], parts[0] + parts[1] + parts[2] + 1))
                .injectNull(0.1)
                .map(life -> life == null ? EntryLife.of(EntryLife.FOR_EVER) : life);
        Arbitrary<List<TagEpoch>> tags = Combinators.combine(
                        Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs())
                .as(TagEpoch::new)
                .list()
                .ofMaxSize(EntryHeader.MAX_TAGS);
        return Combinators.combine(
                        Arbitraries.of(EntryKind.VALUE, EntryKind.NONE),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        lives,
                        Arbitraries.longs().between(-1, EntryHeader.MAX_LOAD_COST_MICROS),
                        tags,
                        Arbitraries.strings()
                                .withCharRange(' ', '~')
                                .ofMinLength(1)
                                .ofMaxLength(255)
                                .injectNull(0.3))
                .as(EntryHeader::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void aCodecIdOfMoreThanAByteIsRefused(int id) {
        assertThatThrownBy(() -> EntryHeader.value(1, id, 0, EntryLife.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("codec id " + id);
    }

    @Test
    void aNegativeSchemaTagIsRefused() {
        assertThatThrownBy(() -> EntryHeader.value(1, 0, -1, EntryLife.of(1))).hasMessageContaining("schema tag -1");
    }

    @Test
    void moreTagsThanAllowedAreRefused() {
        List<TagEpoch> tags = Collections.nCopies(65, new TagEpoch(1, 2, 3));
        assertThatThrownBy(() -> HEADER.withTags(tags)).hasMessageContaining("number of tags 65");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain\r\nX: y", "text/plän"})
    void aContentTypeThatIsNotPrintableAsciiIsRefused(String contentType) {
        assertThatThrownBy(() -> HEADER.withContentType(contentType))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("content type");
    }

    @Test
    void aContentTypeOver255CharactersIsRefused() {
        assertThat(HEADER.withContentType("x".repeat(255)).contentType()).hasSize(255);
        assertThatThrownBy(() -> HEADER.withContentType("x".repeat(256))).hasMessageContaining("content type");
    }

    @Test
    void aLoadTooDearToTellCountsAsTheDearest() {
        assertThat(HEADER.withLoadCostMicros(Long.MAX_VALUE).loadCostMicros())
                .isEqualTo(EntryHeader.MAX_LOAD_COST_MICROS);
    }

    @Test
    void aMarkerCarriesNothingButItsId() {
        EntryHeader lease = EntryHeader.lease(1, 1_000);
        assertThatThrownBy(() -> lease.withLoadCostMicros(1)).hasMessageContaining("frozen");
        assertThatThrownBy(() -> lease.withTags(List.of(new TagEpoch(1, 2, 3)))).hasMessageContaining("frozen");
        assertThatThrownBy(() -> lease.withContentType("a/b")).hasMessageContaining("frozen");
    }
}
