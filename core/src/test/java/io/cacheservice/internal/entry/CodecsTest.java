package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.spi.ValueCodecProvider;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    private static final ValueCodec<byte[]> BYTES = Codecs.find(TypeRef.of(byte[].class));
    private static final ValueCodec<String> TEXT = Codecs.find(TypeRef.of(String.class));
    private static final ValueCodec<Long> LONG = Codecs.find(TypeRef.of(Long.class));
    private static final ValueCodec<Integer> INT = Codecs.find(TypeRef.of(Integer.class));

    @Test
    void bytesAreCopiedUnlessTheirArrayHoldsNothingElse() throws Exception {
        byte[] mine = {1, 2, 3};
        byte[] stored = BYTES.encode(mine);
        assertThat(stored).isEqualTo(mine).isNotSameAs(mine);
        assertThat(BYTES.decode(stored, 1, 2)).containsExactly(2, 3);
        assertThat(BYTES.decode(stored, 0, 2)).containsExactly(1, 2);
        assertThat(BYTES.decode(stored, 0, 3)).isSameAs(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Grüße, 世界 🎈", "the real \ufffd itself"})
    void textComesBackAsItWas(String text) throws Exception {
        byte[] stored = TEXT.encode(text);
        assertThat(stored).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(TEXT.decode(stored, 0, stored.length)).isEqualTo(text);
    }

    @Test
    void bytesThatAreNotUtf8AreNoText() {
        byte[] latin1 = {'G', 'r', (byte) 0xFC, (byte) 0xDF, 'e'};
        assertThatThrownBy(() -> TEXT.decode(latin1, 0, latin1.length)).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void textWithHalfASurrogatePairCannotBeWritten() {
        assertThatThrownBy(() -> TEXT.encode("a\ud800b")).isInstanceOf(CharacterCodingException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void longsAreDecimalText(long value) throws Exception {
        byte[] stored = LONG.encode(value);
        assertThat(stored).asString(StandardCharsets.US_ASCII).isEqualTo(Long.toString(value));
        assertThat(LONG.decode(stored, 0, stored.length)).isEqualTo(value);
    }

    @Test
    void anIntReadsWhatALongWroteWhenItFits() throws Exception {
        byte[] fits = LONG.encode((long) Integer.MIN_VALUE);
        byte[] tooLarge = LONG.encode(Integer.MAX_VALUE + 1L);
        assertThat(INT.id()).isEqualTo(LONG.id());
        assertThat(INT.decode(fits, 0, fits.length)).isEqualTo(Integer.MIN_VALUE);
        assertThat(INT.decode(tooLarge, 0, tooLarge.length)).isNull();
        assertThat(INT.encode(7)).isEqualTo(LONG.encode(7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "+1", "007", " 7", "seven"})
    void otherTextIsNoNumber(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(LONG.decode(bytes, 0, bytes.length)).isNull();
        assertThat(INT.decode(bytes, 0, bytes.length)).isNull();
    }

    @Test
    void theIdsOfTheBuiltInCodecsNeverChange() {
        assertThat(List.of(BYTES.id(), TEXT.id(), LONG.id(), INT.id())).containsExactly(0, 1, 3, 3);
    }

    @Test
    void aProviderOnTheClassPathIsFound() {
        assertThat(Codecs.find(TypeRef.of(CountryCode.class)).id()).isEqualTo(200);
    }

    @Test
    void theFirstProviderThatKnowsTheTypeIsUsed() {
        ValueCodecProvider knowsNothing = new ValueCodecProvider() {
            @Override
            public <V> Optional<ValueCodec<V>> codecFor(TypeRef<V> type) {
                return Optional.empty();
            }
        };
        List<ValueCodecProvider> providers = List.of(knowsNothing, new CountryCodeProvider(), knowsNothing);
        assertThat(Codecs.find(TypeRef.of(CountryCode.class), providers).id()).isEqualTo(200);
    }

    @Test
    void aTypeThatNobodyKnowsIsRefusedWithARemedy() {
        assertThatThrownBy(() -> Codecs.find(new TypeRef<List<String>>() {}))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("java.util.List<java.lang.String>")
                .hasMessageContaining("io.cacheservice:cache-service-jackson")
                .hasMessageContaining(".codec(..)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void aCodecWhoseIdDoesNotFitIsRefused(int id) {
        assertThatThrownBy(() -> Codecs.requireUsable(new CountryCodeProvider.CountryCodec(id)))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("id " + id);
    }

    /** A type that only the provider in the test resources knows. */
    record CountryCode(String letters) {}
}
