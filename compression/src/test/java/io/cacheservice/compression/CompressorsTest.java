package io.cacheservice.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.spi.Compressor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way on its own: what goes in comes out, and nothing else does. */
class CompressorsTest {
    private static final NativeCompressors PROVIDER = new NativeCompressors();
    private static final byte[] DICTIONARY =
            PROVIDER.train(new Documents(1).nextBytes(500), 8 << 10).orElseThrow();

    static Stream<Compressor> all() {
        return Stream.of(PROVIDER.lz4(), PROVIDER.zstd(), PROVIDER.zstd(DICTIONARY));
    }

    @ParameterizedTest
    @MethodSource("all")
    void valuesOfAllSizesComeBackAsTheyWere(Compressor way) {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] value = value(random);
            byte[] compressed = Objects.requireNonNull(way.compress(value, 2 * value.length + 100));
            // as it stands in an entry: with something in front of it
            byte[] shifted = new byte[compressed.length + 7];
            System.arraycopy(compressed, 0, shifted, 7, compressed.length);

            assertThat(way.plainBytes(shifted, 7, compressed.length)).isEqualTo(value.length);
            assertThat(way.decompress(shifted, 7, compressed.length, value.length))
                    .isEqualTo(value);
        }
    }

    /** From noise to nothing but zeros, of 1 to some 100,000 bytes. */
    private static byte[] value(Random random) {
        byte[] value = new byte[1 + random.nextInt(1 << (1 + random.nextInt(17)))];
        random.nextBytes(value);
        Arrays.fill(value, 0, random.nextInt(value.length + 1), (byte) random.nextInt(4));
        return value;
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatWouldNotBeShortEnoughIsLeft(Compressor way) {
        byte[] noise = new byte[1_000];
        new Random(3).nextBytes(noise);

        assertThat(way.compress(noise, 900)).isNull();
        assertThat(way.compress(new byte[1_000], 900)).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @MethodSource("all")
    void damagedBytesAreRefusedOrHaveTheLengthThatTheyClaim(Compressor way) {
        Random random = new Random(11);
        List<byte[]> values = new Documents(2).nextBytes(50);
        for (int i = 0; i < 20_000; i++) {
            byte[] value = values.get(random.nextInt(values.size()));
            byte[] bytes = Objects.requireNonNull(way.compress(value, value.length + 100));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            bytes = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
            long claimed = way.plainBytes(bytes, 0, bytes.length);
            if (claimed >= 0 && claimed <= 1 << 20) {
                byte[] back = way.decompress(bytes, 0, bytes.length, (int) claimed);
                assertThat(back == null || back.length == claimed).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void anyBytesAreNoValue(Compressor way) {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            long claimed = way.plainBytes(bytes, 0, bytes.length);
            if (claimed >= 0 && claimed <= 1 << 20) {
                way.decompress(bytes, 0, bytes.length, (int) claimed);
            }
        }
    }

    @Test
    void aBlockOfLz4CannotClaimMoreThanItCouldHold() {
        byte[] bomb = ByteBuffer.allocate(20).putInt(100_000_000).array();
        byte[] negative = ByteBuffer.allocate(20).putInt(-1).array();

        assertThat(PROVIDER.lz4().plainBytes(bomb, 0, bomb.length)).isNegative();
        assertThat(PROVIDER.lz4().plainBytes(negative, 0, negative.length)).isNegative();
    }

    @Test
    void aFrameOfZstandardSaysHowLongItsValueIs() {
        byte[] bomb = Objects.requireNonNull(PROVIDER.zstd().compress(new byte[200 << 20], 1 << 20));

        assertThat(bomb).hasSizeLessThan(20_000);
        assertThat(PROVIDER.zstd().plainBytes(bomb, 0, bomb.length)).isEqualTo(200 << 20);
        assertThat(PROVIDER.zstd().decompress(bomb, 0, bomb.length, 1_000)).isNull();
    }

    @Test
    void aFrameThatDoesNotSayIsRefused() {
        // no content size, one empty last block
        byte[] unsaid = HexFormat.of().parseHex("0058010000");

        assertThat(PROVIDER.zstd().plainBytes(unsaid, 0, unsaid.length)).isNegative();
    }

    @Test
    void withoutItsDictionaryAValueDoesNotComeBack() {
        byte[] value = new Documents(9).nextBytes(1).get(0);
        byte[] bytes = Objects.requireNonNull(PROVIDER.zstd(DICTIONARY).compress(value, value.length));

        assertThat(PROVIDER.zstd().decompress(bytes, 0, bytes.length, value.length))
                .isNotEqualTo(value);
    }

    @Test
    void bytesThatAreNoDictionaryAreRefused() {
        assertThatThrownBy(() -> PROVIDER.zstd(new byte[1_000])).isInstanceOf(IllegalArgumentException.class);
        assertThat(PROVIDER.train(List.of(new byte[10]), 4_096)).isEmpty();
    }

    @Test
    void aDictionaryWhoseTablesAreBrokenIsRefusedAsNone() {
        byte[] broken = DICTIONARY.clone();
        Arrays.fill(broken, 8, 108, (byte) 0); // behind its magic number and its id

        assertThatThrownBy(() -> PROVIDER.zstd(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void aCompressorThatWasClosedEndsWhatIsUnderWay() {
        Compressor way = PROVIDER.zstd(DICTIONARY);
        way.close();
        byte[] value = new Documents(4).nextBytes(1).get(0);

        assertThat(way.compress(value, value.length)).isNotNull();
    }
}
