package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Compression;
import io.cacheservice.EntryFormat;
import io.cacheservice.Reason;
import io.cacheservice.TimeSource;
import io.cacheservice.TypeRef;
import io.cacheservice.internal.compress.Shortened;
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
import io.cacheservice.spi.RemoteValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final byte[] WHERE = {'k'};
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long SENT_AT = 1_000_000_000_000L;
    private static final byte[] PAYLOAD = "v".getBytes(StandardCharsets.UTF_8);

    private final Framing<String> framed = framing(EntryFormat.FRAMED);

    @Test
    void anEntryThatMayBeOverBeforeItsKeyIsNotJudgedWithoutItsRemainingLife() {
        EntryLife freshForAnHour = new EntryLife(HOUR, 24 * HOUR, 24 * HOUR);
        byte[] bytes = EntryCodec.encode(header(freshForAnHour), PAYLOAD);

        assertThat(framed.decode(WHERE, new RemoteValue(bytes, RemoteValue.NOT_ASKED, SENT_AT)))
                .isNull();
        assertThat(decoded(framed, bytes, 23 * HOUR + 1).valueOrNull()).isEqualTo("v");
        assertThat(decoded(framed, bytes, 23 * HOUR).valueOrNull()).isNull();
    }

    @Test
    void theAgeOfAnEntryIncludesTheTimeItsLoadTook() {
        Draft<String> draft = new Draft<>("v", HOUR, 0, TimeUnit.SECONDS.toNanos(30), Entry.Notes.NONE, Set.of());

        Entry<String> entry = entry(decoded(framed, encoded(framed, draft), HOUR - 10_000));

        assertThat(entry.asOfNanos()).isEqualTo(SENT_AT - TimeUnit.SECONDS.toNanos(40));
    }

    @Test
    void theAgeOfWhatHasNoEndOrNoHeaderIsUnknown() {
        Draft<String> forEver = new Draft<>("v", Draft.FOR_EVER, 0, 0, Entry.Notes.NONE, Set.of());
        Framing<String> raw = framing(EntryFormat.RAW);

        assertThat(entry(decoded(framed, encoded(framed, forEver), RemoteValue.FOR_EVER))
                        .asOfNanos())
                .isEqualTo(Entry.AS_OF_UNKNOWN);
        assertThat(entry(decoded(raw, PAYLOAD, HOUR)).asOfNanos()).isEqualTo(Entry.AS_OF_UNKNOWN);
    }

    @Test
    void bytesOfANewerFormatAreAMissThatNoLoadReplaces() {
        byte[] newer = EntryCodec.encode(header(EntryLife.of(HOUR)), PAYLOAD);
        newer[2]++;
        CRC32C checksum = new CRC32C();
        ByteBuffer.wrap(newer).putInt(16, 0);
        checksum.update(newer);
        ByteBuffer.wrap(newer).putInt(16, (int) checksum.getValue());
        byte[] corrupt = EntryCodec.encode(header(EntryLife.of(HOUR)), PAYLOAD);
        corrupt[corrupt.length - 1]++;

        assertThat(decoded(framed, newer, HOUR).reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(decoded(framed, newer, HOUR).mayBeReplaced()).isFalse();
        assertThat(decoded(framed, corrupt, HOUR).mayBeReplaced()).isTrue();
    }

    private static EntryHeader header(EntryLife life) {
        return new EntryHeader(
                EntryKind.VALUE, 1, 1, 0, life, EntryHeader.COST_UNKNOWN, List.of(), null, null, 0, Compressed.NONE);
    }

    private static byte[] encoded(Framing<String> framing, Draft<String> draft) {
        return required(framing.encode(
                WHERE, draft, Shortened.not(PAYLOAD), 1, Retention.NONE.life(draft.ttlMillis()), List.of()));
    }

    private static Answer<String> decoded(Framing<String> framing, byte[] bytes, long remainingMillis) {
        return required(framing.decode(WHERE, new RemoteValue(bytes, remainingMillis, SENT_AT)));
    }

    private static Entry<String> entry(Answer<String> answer) {
        return required(answer.entry());
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("expected something");
        }
        return value;
    }

    private static ValueCompressor uncompressed() {
        return new ValueCompressor(
                Compression.NONE, Ways.find(), TimeSource.system(), new CompressionMeter(new StatsRecorder()));
    }

    private static Framing<String> framing(EntryFormat format) {
        return new Framing<>(
                Shapes.only(Codecs.find(TypeRef.of(String.class))), format, false, 1_000, null, null, uncompressed());
    }
}
