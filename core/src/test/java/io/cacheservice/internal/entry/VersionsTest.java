package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VersionsTest {
    @Test
    void theVersionOfAnEntryIsItsIdInHexadecimal() {
        assertThat(Versions.framed(0x00000000deadbeefL)).hasToString("00000000deadbeef");
        assertThat(Versions.framed(-1)).hasToString("ffffffffffffffff");
    }

    @Test
    void theVersionOfPlainBytesIsTheirSha1() {
        assertThat(Versions.plain("abc".getBytes(StandardCharsets.US_ASCII)))
                .hasToString("s-a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(Versions.plain(new byte[0])).hasToString("s-da39a3ee5e6b4b0d3255bfef95601890afd80709");
    }

    @Test
    void theVersionOfStoredBytesIsChosenByWhatTheyAre() {
        byte[] entry = EntryCodec.encode(EntryHeader.lease(42, 1));
        byte[] counter = PlainDecimal.bytes(42);
        byte[] shortest = Arrays.copyOf(entry, 20);
        byte[] cut = Arrays.copyOf(entry, 19);

        assertThat(Versions.of(entry)).isEqualTo(Versions.framed(42));
        assertThat(Versions.of(counter)).isEqualTo(Versions.plain(counter));
        assertThat(Versions.of(shortest)).as("what all versions begin with").isEqualTo(Versions.framed(42));
        assertThat(Versions.of(cut)).isEqualTo(Versions.plain(cut));
    }
}
