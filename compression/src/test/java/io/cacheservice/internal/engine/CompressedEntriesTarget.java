package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Compression;
import io.cacheservice.EntryFormat;
import io.cacheservice.TypeRef;
import io.cacheservice.compression.NativeCompressors;
import io.cacheservice.internal.compress.Trained;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.compress.Ways;
import io.cacheservice.internal.entry.Codecs;
import io.cacheservice.internal.entry.Compressed;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryKind;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Shapes;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.stats.StatsRecorder;
import io.cacheservice.spi.Compressor;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compressed entries as a cache reads them, and dictionaries as it takes them up: the value, or a miss; room for no more than the largest
 * value, whatever the bytes claim; and what is wrong with one of them is no harm to the next.
 */
public final class CompressedEntriesTarget implements FuzzTarget {
    private static final byte[] WHERE = "cache:documents:1".getBytes(UTF_8);
    private static final int MOST_VALUE_BYTES = 64 << 10;
    private static final int DICTIONARY_BYTES = 4 << 10;
    private static final long MOST_OUTSIDE_HEAP_BYTES = 512L << 20;

    private static final List<String> VALUES = Stream.concat(
                    documents(3).stream(),
                    Stream.of(
                            "a".repeat(5_000),
                            "0123456789".repeat(MOST_VALUE_BYTES / 10),
                            String.join("", documents(40))))
            .toList();

    /** A way, the number of its dictionary, and what it makes of the values. */
    private record Way(Compressed compressed, List<byte[]> payloads, Corpus corpus) {}

    private final Ways ways = Ways.find();
    private final ValueCompressor compressor =
            new ValueCompressor(Compression.AUTO, ways, new ManualTime(), new CompressionMeter(new StatsRecorder()));
    private final ValueCodec<String> codec = Codecs.find(TypeRef.of(String.class));
    private final Framing<String> framing =
            new Framing<>(Shapes.only(codec), EntryFormat.FRAMED, false, MOST_VALUE_BYTES, null, null, compressor);
    private final byte[] dictionary;
    private final Corpus dictionaries;
    private final List<Way> all;

    /** For the service loader. */
    public CompressedEntriesTarget() {
        NativeCompressors natives = new NativeCompressors();
        List<byte[]> samples =
                documents(1_000).stream().map(text -> text.getBytes(UTF_8)).toList();
        dictionary = natives.train(samples, DICTIONARY_BYTES).orElseThrow();
        dictionaries =
                Corpus.of(List.of(dictionary), List.of(new byte[4], new byte[] {0x37, (byte) 0xa4, 0x30, (byte) 0xec}));
        Trained trained = Trained.of(dictionary);
        compressor.hold(trained);
        all = List.of(
                way(natives.lz4(), Compressed.LZ4, 0, lz4Bombs()),
                way(natives.zstd(), Compressed.ZSTD, 0, zstdBombs()),
                way(natives.zstd(dictionary), Compressed.ZSTD, trained.number(), zstdBombs()));
    }

    private static List<String> documents(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":" + random.nextInt() + ",\"name\":\"user " + i + "\",\"city\":\""
                        + List.of("Oslo", "Quito", "Perth").get(random.nextInt(3)) + "\",\"newsletter\":"
                        + random.nextBoolean() + ",\"token\":\"" + Long.toHexString(random.nextLong()) + "\"}")
                .toList();
    }

    private static Way way(Compressor by, int id, int dictionary, List<byte[]> bombs) {
        List<byte[]> payloads = VALUES.stream()
                .map(value -> value.getBytes(UTF_8))
                .map(value -> Objects.requireNonNull(by.compress(value, value.length + 100)))
                .toList();
        List<byte[]> examples = Stream.concat(payloads.stream(), bombs.stream()).toList();
        return new Way(new Compressed(id, dictionary), payloads, Corpus.of(examples, words()));
    }

    private static List<byte[]> words() {
        return List.of(
                bigEndian(MOST_VALUE_BYTES),
                bigEndian(MOST_VALUE_BYTES + 1),
                bigEndian(Integer.MAX_VALUE),
                bigEndian(-1),
                new byte[8],
                block(1, 1 << 17, false),
                block(2, 1, true),
                new byte[] {(byte) 0xa0});
    }

    private static byte[] bigEndian(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    /** Few bytes that become many, as many as they say, more, or fewer. */
    private static List<byte[]> lz4Bombs() {
        return IntStream.of(MOST_VALUE_BYTES, MOST_VALUE_BYTES + 1, 1 << 20, Integer.MAX_VALUE)
                .mapToObj(claimed -> {
                    byte[] bomb = new byte[4 + 3 + 300];
                    Arrays.fill(bomb, (byte) 0xff);
                    ByteBuffer.wrap(bomb)
                            .putInt(claimed)
                            .put((byte) 0x1f)
                            .put((byte) 'a')
                            .put((byte) 1)
                            .put((byte) 0);
                    return bomb;
                })
                .toList();
    }

    /** Frames without a magic number: the length in four or eight bytes, and blocks that repeat one byte 131,072 times. */
    private static List<byte[]> zstdBombs() {
        return Stream.of(
                        List.of((long) MOST_VALUE_BYTES, 1L),
                        List.of(131_072L, 1L),
                        List.of(60_000L, 50L),
                        List.of(1L << 32, 200L),
                        List.of(Long.MAX_VALUE, 1L))
                .map(bomb -> {
                    int blocks = bomb.get(1).intValue();
                    ByteBuffer bytes = ByteBuffer.allocate(9 + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
                    bytes.put((byte) 0xe0).putLong(bomb.get(0));
                    for (int i = 1; i <= blocks; i++) {
                        bytes.put(block(1, 1 << 17, i == blocks)).put((byte) 'a');
                    }
                    return bytes.array();
                })
                .toList();
    }

    private static byte[] block(int type, int size, boolean isLast) {
        int header = size << 3 | type << 1 | (isLast ? 1 : 0);
        return new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)};
    }

    @Override
    public String name() {
        return "compressed-entries";
    }

    @Override
    public int share() {
        return 100;
    }

    /** Of a value that is as large as may be: its bytes, the text, and the input. */
    @Override
    public long mostAllocatedBytes() {
        return 1L << 20;
    }

    @Override
    public boolean take(FuzzInput input) {
        if (input.oneIn(64)) {
            return takeDictionary(input);
        }
        Way way = input.pick(all);
        int which = input.random().nextInt(VALUES.size());
        byte[] payload =
                input.oneIn(2) ? input.mutated(way.payloads().get(which), way.corpus()) : input.mutated(way.corpus());
        byte[] entry = entry(way.compressed(), payload);
        if (input.oneIn(8)) {
            entry = input.mutated(entry, way.corpus());
        }
        @Nullable String value = read(entry);
        Demand.that(value == null || value.length() <= MOST_VALUE_BYTES, "no more than the largest value");
        if (Arrays.equals(entry, entry(way.compressed(), way.payloads().get(which)))) {
            Demand.that(VALUES.get(which).equals(value), "the value again");
        }
        return value != null;
    }

    /** What is no dictionary, or a broken one: nothing can be made of it, and others go on as before. */
    private boolean takeDictionary(FuzzInput input) {
        byte[] bytes = input.mutated(dictionaries);
        Trained taken = Trained.of(bytes);
        boolean isHeld = compressor.hold(taken);
        if (isHeld) {
            byte[] payload = input.pick(all.get(2).payloads());
            @Nullable String value = read(entry(new Compressed(Compressed.ZSTD, taken.number()), payload));
            Demand.that(value == null || value.length() <= MOST_VALUE_BYTES, "no more than the largest value");
        }
        Demand.that(ways.exist(), "one bad dictionary does not end compression");
        Trained known = Trained.of(dictionary);
        Demand.that(compressor.hold(known), "the dictionary that is one");
        int which = input.random().nextInt(VALUES.size());
        Way way = all.get(2);
        Demand.that(
                VALUES.get(which)
                        .equals(read(entry(way.compressed(), way.payloads().get(which)))),
                "the value with it");
        return isHeld;
    }

    private byte[] entry(Compressed compressed, byte[] payload) {
        EntryHeader header = new EntryHeader(
                EntryKind.VALUE,
                7,
                codec.id(),
                codec.schema(),
                EntryLife.of(60_000),
                EntryHeader.COST_UNKNOWN,
                List.of(),
                null,
                null,
                EntryHeader.NOT_SEALED,
                compressed);
        return EntryCodec.encode(header, payload);
    }

    private @Nullable String read(byte[] entry) {
        @Nullable Answer<String> answer = framing.decode(WHERE, new RemoteValue(entry, 60_000, 0));
        @Nullable Entry<String> found = answer == null ? null : answer.entry();
        return found == null ? null : found.value();
    }

    /** Native code has its own memory, of which the heap's bound says nothing. */
    @Override
    public void close() throws IOException {
        compressor.close();
        ways.close();
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            long residentBytes = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
            long outside = residentBytes - Runtime.getRuntime().maxMemory();
            Demand.that(outside < MOST_OUTSIDE_HEAP_BYTES, "less memory outside the heap than " + outside);
        }
    }
}
