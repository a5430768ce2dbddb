package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.RandomInputs;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryHeaderTest {
    private static final EntryHeader HEADER = EntryHeader.value(1, 0, 0, EntryLife.of(1));
    private static final String PRINTABLE_ASCII =
            IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());

    @Test
    void everyHeaderAndPayloadComeBackAsTheyWere() {
        RandomInputs.forAll(2_000, any -> comesBack(header(any), any.bytes(300)));
    }

    private static void comesBack(EntryHeader header, byte[] payload) {
        byte[] carried = header.kind() == EntryKind.VALUE ? payload : new byte[0];
        byte[] encoded = EntryCodec.encode(header, carried);

        Decoded.Stored stored = (Decoded.Stored) EntryCodec.decode(encoded, carried.length);

        assertThat(stored.header()).isEqualTo(header);
        assertThat(Arrays.copyOfRange(encoded, stored.payloadOffset(), encoded.length))
                .isEqualTo(carried);
        assertThat(EntryCodec.dictionaryClaimedBy(encoded))
                .isEqualTo(header.compressed().dictionary());
        assertThat(EntryCodec.claimsCompression(encoded))
                .isEqualTo(header.compressed().isAny());
    }

    private static EntryHeader header(RandomInputs any) {
        boolean isOfCache = any.chance(2);
        Stream<TagEpoch> own = Stream.of(new TagEpoch(TagEpoch.CLEAR, any.anyLong(), any.anyLong()));
        Stream<TagEpoch> named = Stream.generate(() -> new TagEpoch(any.anyLong(), any.anyLong(), any.anyLong()));
        List<TagEpoch> tags = Stream.concat(isOfCache ? own : Stream.empty(), named)
                .limit(any.between(0, EntryHeader.MAX_TAGS))
                .toList();
        EntryKind kind = any.oneOf(List.of(EntryKind.VALUE, EntryKind.NONE));
        return new EntryHeader(
                kind,
                any.anyLong(),
                any.between(0, 255),
                any.chance(3) ? 0 : any.between(0, Integer.MAX_VALUE),
                any.chance(10) ? EntryLife.of(EntryLife.FOR_EVER) : life(any),
                any.between(-1, EntryHeader.MAX_LOAD_COST_MICROS),
                tags,
                any.chance(3) ? null : any.text(PRINTABLE_ASCII, 1, 255),
                any.chance(2) ? null : any.text(PRINTABLE_ASCII, 1, 255),
                kind == EntryKind.NONE || any.chance(2) ? 0 : any.between(1, Integer.MAX_VALUE),
                kind == EntryKind.NONE ? Compressed.NONE : compressed(any));
    }

    private static Compressed compressed(RandomInputs any) {
        int id = any.between(0, 2);
        return new Compressed(id, id == 2 && any.chance(2) ? any.between(Integer.MIN_VALUE, -1) : 0);
    }

    private static EntryLife life(RandomInputs any) {
        long most = any.chance(2) ? 1L << 46 : 1L << 31;
        long fresh = any.between(0, most);
        long stale = fresh + any.between(0, most);
        return new EntryLife(fresh, stale, stale + any.between(1, most + 1));
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

    @Test
    void theEpochOfTheCacheComesBeforeTheTags() {
        TagEpoch ofCache = new TagEpoch(TagEpoch.CLEAR, 1, 2);
        TagEpoch tag = new TagEpoch(1, 2, 3);
        assertThat(HEADER.withTags(List.of(ofCache, tag)).tags()).containsExactly(ofCache, tag);
        assertThatThrownBy(() -> HEADER.withTags(List.of(tag, ofCache))).hasMessageContaining("tag number 2");
        assertThatThrownBy(() -> HEADER.withTags(List.of(ofCache, ofCache))).hasMessageContaining("tag number 2");
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
