package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EntryVersion;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.coherence.Comparison;
import io.cacheservice.internal.coherence.Copies;
import io.cacheservice.internal.coherence.LocalCopy;
import io.cacheservice.internal.coherence.Token;
import io.cacheservice.internal.coherence.Tokens;
import io.cacheservice.internal.entry.Compressed;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryKind;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.spi.RemoteValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which local copies are what Redis holds. */
class LikenessTest {
    private static final long ID = 42;
    private static final EntryLife LIFE = EntryLife.of(1_000);
    private static final byte[] PAYLOAD = "v".getBytes(UTF_8);

    private static final LocalCopy<String> FRAMED = copy(Entry.Kind.VALUE, null);
    private static final LocalCopy<String> PLAIN = copy(Entry.Kind.VALUE, Versions.plain(PAYLOAD));
    private static final LocalCopy<String> ABSENT = copy(Entry.Kind.ABSENT, null);

    private static LocalCopy<String> copy(Entry.Kind kind, @Nullable EntryVersion plain) {
        LocalTier tier = new LocalTier(TimeSource.system(), 10_000, MaxMemoryPolicy.ALLKEYS_LFU);
        Copies<String, String> copies = new Copies<>(
                tier,
                tier.newMapForJudges((cause, bytes) -> {}),
                new Tokens(),
                TimeSource.system(),
                1_000_000_000_000L);
        Token token = copies.take(new byte[] {1});
        long now = TimeSource.system().nanoTime();
        copies.keep(
                "k",
                new Entry<>("v", new Entry.Times(now, Entry.FOR_EVER), ID, 1, kind, Entry.Notes.NONE, plain),
                1,
                now,
                null,
                token);
        return Objects.requireNonNull(copies.held("k"));
    }

    private static RemoteValue entry(EntryKind kind, long id, EntryLife life, long remainingMillis) {
        EntryHeader header = new EntryHeader(
                kind, id, 0, 0, life, EntryHeader.COST_UNKNOWN, List.of(), null, null, 0, Compressed.NONE);
        return plain(EntryCodec.encode(header, kind == EntryKind.VALUE ? PAYLOAD : new byte[0]), remainingMillis);
    }

    private static RemoteValue plain(byte @Nullable [] bytes, long remainingMillis) {
        return new RemoteValue(bytes, remainingMillis, 0);
    }

    @Test
    void anEntryIsToldByItsId() {
        assertThat(Likeness.compare(FRAMED, entry(EntryKind.VALUE, ID, LIFE, 500)))
                .isEqualTo(Comparison.SAME);
        assertThat(Likeness.compare(FRAMED, entry(EntryKind.VALUE, ID + 1, LIFE, 500)))
                .isEqualTo(Comparison.DIFFERENT);
    }

    @Test
    void plainBytesAreToldByThemselves() {
        assertThat(Likeness.compare(PLAIN, plain(PAYLOAD, RemoteValue.FOR_EVER)))
                .isEqualTo(Comparison.SAME);
        assertThat(Likeness.compare(PLAIN, plain("w".getBytes(UTF_8), RemoteValue.FOR_EVER)))
                .isEqualTo(Comparison.DIFFERENT);
    }

    @Test
    void plainBytesThatLookLikeAnEntryAreToldByThemselvesToo() {
        RemoteValue looksSo = entry(EntryKind.VALUE, ID, LIFE, 500);
        LocalCopy<String> copy = copy(Entry.Kind.VALUE, Versions.plain(Objects.requireNonNull(looksSo.bytes())));

        assertThat(Likeness.compare(copy, looksSo)).isEqualTo(Comparison.SAME);
    }

    @Test
    void plainBytesThatMayHaveBeenCutOffDoNotTell() {
        assertThat(Likeness.compare(PLAIN, plain(new byte[256 * 1024], RemoteValue.FOR_EVER)))
                .isEqualTo(Comparison.UNTOLD);
    }

    @Test
    void nothingIsWhatACopyOfNothingSays() {
        assertThat(Likeness.compare(ABSENT, plain(null, RemoteValue.NOT_ASKED))).isEqualTo(Comparison.SAME);
        assertThat(Likeness.compare(FRAMED, plain(null, RemoteValue.NOT_ASKED))).isEqualTo(Comparison.DIFFERENT);
        assertThat(Likeness.compare(ABSENT, plain(PAYLOAD, RemoteValue.FOR_EVER)))
                .isEqualTo(Comparison.DIFFERENT);
    }

    @Test
    void aLeaseIsNothing() {
        assertThat(Likeness.compare(ABSENT, entry(EntryKind.LEASE, 7, LIFE, 500)))
                .isEqualTo(Comparison.SAME);
        assertThat(Likeness.compare(FRAMED, entry(EntryKind.LEASE, 7, LIFE, 500)))
                .isEqualTo(Comparison.DIFFERENT);
    }

    @Test
    void anEntryPastItsLifeIsNothing() {
        EntryLife keptLonger = new EntryLife(100, 200, 1_000);

        assertThat(Likeness.compare(ABSENT, entry(EntryKind.VALUE, ID, keptLonger, 900)))
                .isEqualTo(Comparison.SAME);
        assertThat(Likeness.compare(FRAMED, entry(EntryKind.VALUE, ID, keptLonger, 900)))
                .isEqualTo(Comparison.DIFFERENT);
        assertThat(Likeness.compare(FRAMED, entry(EntryKind.VALUE, ID, keptLonger, 901)))
                .isEqualTo(Comparison.SAME);
    }

    @Test
    void aListIsLikeNothingThatACacheHolds() {
        assertThat(Likeness.compare(FRAMED, RemoteValue.wrongType(0))).isEqualTo(Comparison.DIFFERENT);
        assertThat(Likeness.compare(ABSENT, RemoteValue.wrongType(0))).isEqualTo(Comparison.DIFFERENT);
    }
}
