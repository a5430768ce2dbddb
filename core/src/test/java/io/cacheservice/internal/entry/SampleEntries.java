package io.cacheservice.internal.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One entry for each kind and for each set of sections worth having, by the name of its fixture. {@link #main} writes the
 * fixtures that are missing and never changes one that is there.
 */
final class SampleEntries {
    static final Path FIXTURES = Path.of("src/test/resources/wire-format");

    private static final long ID = 0x0123456789abcdefL;
    private static final TagEpoch TENANT = new TagEpoch(0x1111111111111111L, 0x2222222222222222L, 0x3333333333333333L);
    private static final TagEpoch ALL = new TagEpoch(TagEpoch.CLEAR, 0xbbbbbbbbbbbbbbbbL, 0xccccccccccccccccL);
    private static final EntryLife HOUR_THEN_DAY = new EntryLife(3_600_000, 86_400_000, 86_430_000);

    private SampleEntries() {}

    /** A header and the payload that follows it. */
    record Sample(EntryHeader header, String payload) {
        byte[] payloadBytes() {
            return payload.getBytes(StandardCharsets.UTF_8);
        }

        byte[] encoded() {
            return EntryCodec.encode(header, payloadBytes());
        }
    }

    static Map<String, Sample> all() {
        EntryHeader bytes = EntryHeader.value(ID, 0, 0, EntryLife.of(3_600_000));
        EntryHeader json = EntryHeader.value(ID, 2, 7, HOUR_THEN_DAY);
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put("value", new Sample(bytes, "hello"));
        samples.put("value-empty", new Sample(bytes, ""));
        samples.put("value-for-ever", new Sample(EntryHeader.value(-1, 1, 0, EntryLife.of(-1)), "Grüße, 世界 🎈"));
        samples.put(
                "value-extremes",
                new Sample(
                        EntryHeader.value(Long.MIN_VALUE, 255, Integer.MAX_VALUE, new EntryLife(0, 0, (1L << 48) - 2))
                                .withLoadCostMicros(EntryHeader.MAX_LOAD_COST_MICROS),
                        "x"));
        samples.put("value-lives", new Sample(json, "{}"));
        samples.put(
                "value-wide-lives",
                new Sample(EntryHeader.value(ID, 2, 7, new EntryLife(3_600_000, 86_400_000, 1L << 32)), "{}"));
        samples.put("value-longest-narrow", new Sample(EntryHeader.value(ID, 0, 0, EntryLife.of((1L << 32) - 1)), "x"));
        samples.put("value-load-cost", new Sample(bytes.withLoadCostMicros(1_500), "hello"));
        samples.put("value-epoch", new Sample(bytes.withTags(List.of(ALL)), "hello"));
        samples.put("value-tags", new Sample(bytes.withTags(List.of(ALL, TENANT)), "hello"));
        samples.put("value-other-tags", new Sample(bytes.withTags(List.of(TENANT, TENANT)), "hello"));
        samples.put("value-content-type", new Sample(bytes.withContentType("text/plain; charset=utf-8"), "hello"));
        samples.put(
                "value-all-sections",
                new Sample(
                        json.withLoadCostMicros(2_000_000)
                                .withTags(List.of(ALL, TENANT))
                                .withContentType("application/json"),
                        "{\"name\":\"Ada\"}"));
        samples.put("value-compressed", new Sample(compressed(bytes, new Compressed(1, 0)), "not looked into here"));
        samples.put(
                "value-dictionary",
                new Sample(compressed(json.withLoadCostMicros(1), new Compressed(2, 0xd1c71001)), "nor here"));
        samples.put("value-decimal", new Sample(EntryHeader.value(ID, 3, 0, EntryLife.of(1)), "-42"));
        samples.put("none", new Sample(EntryHeader.none(ID, 2, 7, EntryLife.of(60_000)), ""));
        samples.put(
                "none-all-sections",
                new Sample(
                        EntryHeader.none(ID, 2, 7, HOUR_THEN_DAY)
                                .withLoadCostMicros(0)
                                .withTags(List.of(ALL)),
                        ""));
        samples.put("lease", new Sample(EntryHeader.lease(0xfedcba9876543210L, 30_000), ""));
        samples.put("error", new Sample(EntryHeader.error(0xfedcba9876543210L, 2_000), ""));
        return samples;
    }

    private static EntryHeader compressed(EntryHeader header, Compressed compressed) {
        return new EntryHeader(
                header.kind(),
                header.entryId(),
                header.codecId(),
                header.schema(),
                header.life(),
                header.loadCostMicros(),
                header.tags(),
                header.contentType(),
                header.validator(),
                header.sealedWith(),
                compressed);
    }

    /** Where the fixture is, below {@link #FIXTURES}: markers are of version 1 for ever. */
    static String fixture(String name) {
        return (name.equals("lease") || name.equals("error") ? "v1/" : "v2/") + name + ".bin";
    }

    /** Writes the fixtures that are missing; run in the directory of this module. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, Sample> sample : all().entrySet()) {
            Path file = FIXTURES.resolve(fixture(sample.getKey()));
            if (!Files.exists(file)) {
                Files.write(file, sample.getValue().encoded());
            }
        }
    }
}
