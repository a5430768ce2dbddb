package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Compression;
import io.cacheservice.EntryFormat;
import io.cacheservice.TimeSource;
import io.cacheservice.TypeRef;
import io.cacheservice.internal.compress.Shortened;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.compress.Ways;
import io.cacheservice.internal.crypto.ValueCipher;
import io.cacheservice.internal.entry.Codecs;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Shapes;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.stats.StatsRecorder;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import io.cacheservice.testkit.fuzz.SampleEntries;
import io.cacheservice.testkit.fuzz.ScratchFile;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Encrypted entries as a cache reads them: the very value of the very key, or a miss, whatever was done to the bytes. */
public final class SealedEntriesTarget implements FuzzTarget {
    private static final List<byte[]> KEYS = IntStream.range(0, 4)
            .mapToObj(i -> ("cache:users:" + i).getBytes(UTF_8))
            .toList();
    private static final long[] REMAINING = {
        1, 1_000, 59_999, 60_000, Long.MAX_VALUE, RemoteValue.FOR_EVER, RemoteValue.NOT_ASKED, RemoteValue.WRONG_TYPE
    };

    private final Framing<String> framing;
    private final List<byte[]> entries;
    private final Corpus corpus;

    /** For the service loader. */
    public SealedEntriesTarget() throws java.io.IOException {
        ValueCipher cipher;
        try (ScratchFile scratch = new ScratchFile("keys")) {
            byte[] keys = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n".getBytes(UTF_8);
            cipher = ValueCipher.ofFile(scratch.with(keys).toString(), new ManualTime());
        }
        framing = new Framing<>(
                Shapes.only(Codecs.find(TypeRef.of(String.class))),
                EntryFormat.FRAMED,
                false,
                1_000,
                null,
                cipher,
                new ValueCompressor(
                        Compression.NONE, Ways.find(), TimeSource.system(), new CompressionMeter(new StatsRecorder())));
        entries = KEYS.stream().map(this::entry).toList();
        corpus = Corpus.of(entries, List.of(new byte[12], new byte[16], "5".getBytes(UTF_8)));
    }

    private byte[] entry(byte[] where) {
        Draft<String> draft = Draft.of(value(where), 0);
        Shortened payload = Shortened.not(value(where).getBytes(UTF_8));
        return Objects.requireNonNull(framing.encode(where, draft, payload, 7, EntryLife.of(60_000), List.of()));
    }

    private static String value(byte[] where) {
        return "the value of " + new String(where, UTF_8);
    }

    @Override
    public String name() {
        return "sealed-entries";
    }

    @Override
    public int share() {
        return 60;
    }

    @Override
    public boolean take(FuzzInput input) {
        int which = input.random().nextInt(KEYS.size());
        byte[] where = KEYS.get(which);
        byte[] bytes = input.mutated(input.oneIn(8) ? input.pick(entries) : entries.get(which), corpus);
        if (!input.oneIn(4)) {
            SampleEntries.withChecksum(bytes);
        }
        long remaining = REMAINING[input.random().nextInt(REMAINING.length)];
        @Nullable Answer<String> answer = framing.decode(where, new RemoteValue(bytes, remaining, 0));
        @Nullable
        Entry<String> entry = answer == null ? null : answer.entry() == null ? answer.fallback() : answer.entry();
        @Nullable String value = entry == null ? null : entry.value();
        Demand.that(value == null || value.equals(value(where)), "no other value than that of the key");
        return value != null;
    }
}
