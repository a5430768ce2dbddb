package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.entry.Decoded.Why;
import io.cacheservice.spi.StoredString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {
    private static final int MAX_PAYLOAD = 1 << 20;
    private static final EntryHeader HEADER = EntryHeader.value(42, 0, 0, EntryLife.of(1_000));
    private static final EntryHeader FOR_EVER = EntryHeader.value(42, 0, 0, EntryLife.of(EntryLife.FOR_EVER));
    private static final TagEpoch OF_CACHE = new TagEpoch(TagEpoch.CLEAR, 2, 3);

    static Collection<SampleEntries.Sample> samples() {
        return SampleEntries.all().values();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatWasWrittenIsRead(SampleEntries.Sample sample) {
        byte[] encoded = sample.encoded();
        Decoded.Stored stored = (Decoded.Stored) EntryCodec.decode(encoded, MAX_PAYLOAD);

        assertThat(stored.header()).isEqualTo(sample.header());
        assertThat(Arrays.copyOfRange(encoded, stored.payloadOffset(), stored.payloadOffset() + stored.payloadLength()))
                .isEqualTo(sample.payloadBytes());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyTruncationIsUndecodable(SampleEntries.Sample sample) {
        byte[] encoded = sample.encoded();
        for (int length = 0; length < encoded.length; length++) {
            assertThat(EntryCodec.decode(Arrays.copyOf(encoded, length), MAX_PAYLOAD))
                    .as("the first %d of %d bytes", length, encoded.length)
                    .isInstanceOf(Decoded.Undecodable.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyChangeOfOneByteIsUndecodable(SampleEntries.Sample sample) {
        byte[] encoded = sample.encoded();
        for (int at = 0; at < encoded.length; at++) {
            for (int flip = 1; flip < 256; flip++) {
                encoded[at] ^= (byte) flip;
                assertThat(EntryCodec.decode(encoded, MAX_PAYLOAD)).isInstanceOf(Decoded.Undecodable.class);
                encoded[at] ^= (byte) flip;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anAppendedByteIsUndecodable(SampleEntries.Sample sample) {
        byte[] encoded = sample.encoded();
        assertThat(why(Arrays.copyOf(encoded, encoded.length + 1))).isEqualTo(Why.CORRUPT);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-7, -7",
        "42, 42",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void aPlainDecimalIsACounter(String text, long value) {
        assertThat(EntryCodec.decode(ascii(text), MAX_PAYLOAD)).isEqualTo(new Decoded.Counter(value));
        assertThat(PlainDecimal.bytes(value)).isEqualTo(ascii(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "-0",
                "00",
                "01",
                "-01",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x1",
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551617",
                "99999999999999999999",
                "111111111111111111111",
                "hello"
            })
    void otherTextIsForeign(String text) {
        assertThat(why(ascii(text))).isEqualTo(Why.FOREIGN);
    }

    @Test
    void theMagicIsNeverTheBeginningOfText() {
        byte[] magic = {(byte) 0xC5, (byte) 0xCE, 'x'};
        assertThatThrownBy(() -> Utf8.decode(magic, 0, magic.length)).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void bytesThatEndWithinTheHeaderAreTooShort() {
        assertThat(why(Arrays.copyOf(EntryCodec.encode(HEADER), 19))).isEqualTo(Why.TOO_SHORT);
        assertThat(why(Arrays.copyOf(EntryCodec.encode(HEADER), 20)))
                .as("what all versions begin with, and it says that there is more")
                .isEqualTo(Why.CORRUPT);
        assertThat(why(new byte[] {(byte) 0xC5})).isEqualTo(Why.TOO_SHORT);
    }

    @Test
    void aPayloadOverTheBoundIsTooBig() {
        byte[] encoded = EntryCodec.encode(HEADER, new byte[11]);
        assertThat(EntryCodec.decode(encoded, 10)).isEqualTo(new Decoded.Undecodable(Why.TOO_BIG));
        assertThat(EntryCodec.decode(encoded, 11)).isInstanceOf(Decoded.Stored.class);
    }

    @ParameterizedTest(name = "byte {0} = {1}")
    @CsvSource({
        "2, 3", // version
        "3, 5", // kind
        "4, 128", // a flag of the future
        "4, 16", // another one
        "5, 97" // both compressions, which is a third
    })
    void whatALaterVersionMayWriteIsNewerNotCorrupt(int at, int value) {
        assertThat(why(changed(EntryCodec.encode(HEADER), at, value))).isEqualTo(Why.NEWER_FORMAT);
    }

    @ParameterizedTest(name = "byte {0} = {1}")
    @CsvSource({
        "2, 0", // version 0 never existed
        "2, 1", // version 1 has markers only
        "3, 0", // kind 0 never existed
        "5, 3", // a section that is not there
        "5, 9",
        "5, 17",
        "5, 193",
        "4, 1",
        "4, 2",
        "4, 4",
        "4, 8",
        "5, 0", // kept is there all the same
        "5, 5", // a wider one is not
        "5, 129", // a dictionary, and nothing is compressed
        "7, 19", // the header ends within what all versions have
        "7, 20", // the header ends within its fixed part
        "7, 26" // the header is longer than its sections
    })
    void aRightChecksumDoesNotExcuseAWrongStructure(int at, int value) {
        assertThat(why(changed(EntryCodec.encode(HEADER, new byte[] {1, 2}), at, value)))
                .isEqualTo(Why.CORRUPT);
    }

    @Test
    void livesOutOfOrderAreCorrupt() {
        byte[] encoded = EntryCodec.encode(EntryHeader.value(1, 0, 0, new EntryLife(1, 2, 3)));
        assertThat(why(changed(encoded, 28, 3))).as("fresh after stale").isEqualTo(Why.CORRUPT);
        assertThat(why(changed(encoded, 32, 4))).as("stale after kept").isEqualTo(Why.CORRUPT);
    }

    @Test
    void livesWithinAnEndlessLifeAreCorrupt() {
        byte[] encoded = EntryCodec.encode(FOR_EVER, new byte[8]);
        encoded[7] = 21 + 8;
        assertThat(why(changed(encoded, 5, Layout.FLAG_LIVES))).isEqualTo(Why.CORRUPT);
        assertThat(why(changed(EntryCodec.encode(FOR_EVER), 5, Layout.FLAG_WIDE)))
                .as("wide durations of which there is none")
                .isEqualTo(Why.CORRUPT);
    }

    @Test
    void anEntryThatSaysNothingHasAHeaderOf21Bytes() {
        assertThat(EntryCodec.encode(FOR_EVER)).hasSize(21);
        assertThat(EntryCodec.encode(HEADER)).hasSize(25);
        assertThat(EntryCodec.encode(HEADER.withTags(List.of(OF_CACHE)))).hasSize(41);
        assertThat(EntryCodec.encode(EntryHeader.value(1, 0, 0, new EntryLife(1, 2, 3))
                        .withTags(List.of(OF_CACHE))
                        .withLoadCostMicros(1)))
                .hasSize(53);
    }

    @Test
    void aDurationOfUpTo32BitsIsWrittenNarrow() {
        assertThat(EntryCodec.encode(EntryHeader.value(1, 0, 0, EntryLife.of((1L << 32) - 1))))
                .hasSize(25);
        assertThat(EntryCodec.encode(EntryHeader.value(1, 0, 0, EntryLife.of(1L << 32))))
                .hasSize(27);
        assertThat(EntryCodec.encode(EntryHeader.value(1, 0, 0, new EntryLife(0, 0, 1L << 32))))
                .as("one that is wide makes all wide")
                .hasSize(39);
    }

    @Test
    void whatIsWrittenLongerThanItNeedBeIsRead() {
        byte[] wide = EntryCodec.encode(EntryHeader.value(42, 0, 0, EntryLife.of(1L << 32)));
        wide[22] = 0;
        assertThat(EntryCodec.decode(changed(wide, 26, 5), 0))
                .isEqualTo(new Decoded.Stored(EntryHeader.value(42, 0, 0, EntryLife.of(5)), 27, 0));

        byte[] schema = EntryCodec.encode(EntryHeader.value(42, 0, 7, EntryLife.of(1_000)));
        assertThat(EntryCodec.decode(changed(schema, 28, 0), 0)).isEqualTo(new Decoded.Stored(HEADER, 29, 0));
    }

    @Test
    void aSchemaTagOver31BitsIsCorrupt() {
        byte[] encoded = EntryCodec.encode(EntryHeader.value(1, 0, 7, EntryLife.of(1)));
        assertThat(why(changed(encoded, 25, 128))).isEqualTo(Why.CORRUPT);
    }

    @Test
    void aLifeOfZeroIsCorrupt() {
        assertThat(why(changed(EntryCodec.encode(EntryHeader.lease(1, 1)), 31, 0)))
                .isEqualTo(Why.CORRUPT);
        assertThat(why(changed(EntryCodec.encode(EntryHeader.value(1, 0, 0, EntryLife.of(1))), 24, 0)))
                .isEqualTo(Why.CORRUPT);
    }

    @Test
    void moreTagsThanAllowedAreTooBig() {
        EntryHeader tagged = HEADER.withTags(Collections.nCopies(EntryHeader.MAX_TAGS, new TagEpoch(1, 2, 3)));
        assertThat(EntryCodec.decode(EntryCodec.encode(tagged), 0)).isInstanceOf(Decoded.Stored.class);
        assertThat(why(changed(EntryCodec.encode(tagged), 25, EntryHeader.MAX_TAGS + 1)))
                .isEqualTo(Why.TOO_BIG);

        byte[] ofCache = EntryCodec.encode(HEADER.withTags(List.of(OF_CACHE, new TagEpoch(1, 2, 3))));
        assertThat(why(changed(ofCache, 41, EntryHeader.MAX_TAGS)))
                .as("the epoch of the cache counts")
                .isEqualTo(Why.TOO_BIG);
    }

    @Test
    void theEpochOfTheCacheAmongTheTagsIsCorrupt() {
        byte[] encoded = EntryCodec.encode(HEADER.withTags(List.of(new TagEpoch(1, 2, 3))));
        ByteBuffer.wrap(encoded).putLong(26, TagEpoch.CLEAR);
        assertThat(why(sealed(encoded))).isEqualTo(Why.CORRUPT);
    }

    @Test
    void moreMetadataThanAllowedIsTooBig() {
        byte[] encoded = EntryCodec.encode(HEADER.withContentType("text/plain"));
        assertThat(why(changed(encoded, 25, 17))).isEqualTo(Why.TOO_BIG);
    }

    @Test
    void metadataThatOverrunsTheHeaderIsCorrupt() {
        byte[] encoded = EntryCodec.encode(HEADER.withContentType("text/plain"), new byte[100]);
        assertThat(why(changed(encoded, 25, 2))).as("more items than there are").isEqualTo(Why.CORRUPT);
        assertThat(why(changed(encoded, 27, 11)))
                .as("a longer item than there is")
                .isEqualTo(Why.CORRUPT);
        assertThat(why(changed(encoded, 28, '\n'))).as("a line break").isEqualTo(Why.CORRUPT);
    }

    @Test
    void metadataOfAnUnknownTypeIsPassedOver() {
        byte[] encoded = EntryCodec.encode(HEADER.withContentType("text/plain"), new byte[3]);
        Decoded decoded = EntryCodec.decode(changed(encoded, 26, 200), MAX_PAYLOAD);
        assertThat(decoded).isEqualTo(new Decoded.Stored(HEADER, 38, 3));
    }

    @Test
    void aContentTypeGivenTwiceIsCorrupt() {
        byte[] once = EntryCodec.encode(HEADER.withContentType("a"));
        byte[] twice = Arrays.copyOf(once, once.length + 3);
        System.arraycopy(once, 26, twice, once.length, 3);
        twice[7] = 25 + 7;
        twice[25] = 2;
        assertThat(why(sealed(twice))).isEqualTo(Why.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void aPayloadWhereTheKindHasNoneIsCorrupt(int kind) {
        assertThat(why(changed(EntryCodec.encode(HEADER, new byte[1]), 3, kind)))
                .isEqualTo(Why.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 20, 21, 22, 25})
    void aMarkerThatSaysMoreThanItsIdIsCorrupt(int at) {
        assertThat(why(changed(EntryCodec.encode(EntryHeader.lease(1, 1)), at, 2)))
                .isEqualTo(Why.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void aMarkerOfAnotherVersionIsCorrupt(int kind) {
        assertThat(why(changed(EntryCodec.encode(EntryHeader.none(1, 0, 0, EntryLife.of(1))), 3, kind)))
                .isEqualTo(Why.CORRUPT);
    }

    @Test
    void aValueOfVersionOneWasNeverReleasedAndIsCorrupt() {
        byte[] encoded =
                HexFormat.of().parseHex("c5ce0101000000200123456789abcdef4007ae5800000000000000000036ee8068656c6c6f");
        assertThat(EntryCodec.checksumHolds(encoded)).isTrue();
        assertThat(why(encoded)).isEqualTo(Why.CORRUPT);
    }

    @Test
    void aMarkerIsKnownByItsLengthItsVersionAndItsKind() {
        byte[] lease = EntryCodec.encode(EntryHeader.lease(1, 1));
        assertThat(isMarker(lease)).isTrue();
        assertThat(isMarker(EntryCodec.encode(EntryHeader.error(1, 1)))).isTrue();
        assertThat(isMarker(EntryCodec.encode(HEADER, new byte[7]))).isFalse();
        for (int length : new int[] {0, 1, 2, 3, 31, 33}) {
            assertThat(isMarker(Arrays.copyOf(lease, length))).isFalse();
        }
        lease[2] = 2;
        assertThat(isMarker(lease)).isFalse();
    }

    private static boolean isMarker(byte[] bytes) {
        boolean isMarker = EntryCodec.isMarker(StoredString.of(bytes));
        assertThat(EntryCodec.isMarker(StoredString.copyOf(ByteBuffer.wrap(bytes))))
                .isEqualTo(isMarker);
        return isMarker;
    }

    @Test
    void theBytesOfMarkersAreFrozen() {
        assertThat(hex(EntryCodec.encode(EntryHeader.lease(0xfedcba9876543210L, 30_000))))
                .isEqualTo("c5ce010300000020fedcba98765432106893b820000000000000000000007530");
        assertThat(hex(EntryCodec.encode(EntryHeader.error(0xfedcba9876543210L, 2_000))))
                .isEqualTo("c5ce010400000020fedcba9876543210df64684a0000000000000000000007d0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "LEASE", "ERROR"})
    void aPayloadIsRefusedWhereTheKindHasNone(EntryKind kind) {
        EntryHeader header = new EntryHeader(
                kind, 1, 0, 0, EntryLife.of(1), EntryHeader.COST_UNKNOWN, List.of(), null, null, 0, Compressed.NONE);
        assertThatThrownBy(() -> EntryCodec.encode(header, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(kind.name());
    }

    private static Why why(byte[] bytes) {
        return ((Decoded.Undecodable) EntryCodec.decode(bytes, MAX_PAYLOAD)).why();
    }

    private static byte[] changed(byte[] entry, int at, int value) {
        entry[at] = (byte) value;
        return sealed(entry);
    }

    private static byte[] sealed(byte[] entry) {
        return ByteBuffer.wrap(entry)
                .putInt(Layout.CHECKSUM, EntryCodec.checksum(entry))
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
