package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bytes that {@code docs/wire-format.md} shows are those that are written. */
class WireFormatPageTest {
    private static final Path PAGE = Path.of("../docs/wire-format.md");
    private static final Pattern HEX_LINE = Pattern.compile("((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2,}.*)?");

    @Test
    void theExampleOfAValueIsWhatTheEncoderWrites() throws IOException {
        EntryHeader header = EntryHeader.value(
                        0x0123456789abcdefL, 2, 7, new EntryLife(3_600_000, 86_400_000, 86_430_000))
                .withLoadCostMicros(2_000_000)
                .withTags(List.of(
                        new TagEpoch(TagEpoch.CLEAR, 0x4444444444444444L, 0x5555555555555555L),
                        new TagEpoch(0x1111111111111111L, 0x2222222222222222L, 0x3333333333333333L)))
                .withContentType("application/json");
        byte[] encoded = EntryCodec.encode(header, "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(example("value")).isEqualTo(HexFormat.of().formatHex(encoded));
        assertThat(Files.readString(PAGE)).contains("Its entry version is `" + Versions.of(encoded) + "`");
    }

    @Test
    void theExamplesOfMarkersAreWhatTheEncoderWrites() throws IOException {
        assertThat(example("lease"))
                .isEqualTo(HexFormat.of().formatHex(EntryCodec.encode(EntryHeader.lease(0xfedcba9876543210L, 30_000))));
        assertThat(example("error"))
                .isEqualTo(HexFormat.of().formatHex(EntryCodec.encode(EntryHeader.error(0xfedcba9876543210L, 2_000))));
    }

    @Test
    void thePageListsTheIdsOfTheBuiltInCodecs() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("| " + BuiltInCodecs.BYTES_ID + " | bytes as they are |")
                .contains("| " + BuiltInCodecs.TEXT_ID + " | text in UTF-8")
                .contains("| " + BuiltInCodecs.DECIMAL_ID + " | a whole number as a plain decimal");
    }

    private static String example(String name) throws IOException {
        Matcher block = Pattern.compile("<!-- example:" + name + " -->\n```\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as("the example '%s' in %s", name, PAGE).isTrue();
        return block.group(1).lines().map(WireFormatPageTest::hexOf).collect(Collectors.joining());
    }

    private static String hexOf(String line) {
        Matcher hex = HEX_LINE.matcher(line);
        assertThat(hex.matches()).as("'%s' begins with bytes", line).isTrue();
        return hex.group(1).replace(" ", "");
    }
}
