package io.cacheservice.internal.engine;

import io.cacheservice.EntryFormat;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.cacheservice.internal.compress.Shortened;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.crypto.ValueCipher;
import io.cacheservice.internal.entry.Compressed;
import io.cacheservice.internal.entry.Decoded;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryKind;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Shapes;
import io.cacheservice.internal.entry.TagEpoch;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.StoredString;
import io.cacheservice.spi.ValueCodec;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns drafts into the bytes of one cache and back into entries: decisions only, no I/O. */
final class Framing<V> {
    private static final byte[] NOTHING = {};
    private static final int MOST_DECOMPRESSED_AT_ONCE = 8 << 10;

    private final Shapes<V> shapes;
    private final EntryFormat format;
    private final boolean readsCounters;
    private final int maxPayloadBytes;
    private final @Nullable Epochs epochs;
    private final @Nullable ValueCipher cipher;
    private final ValueCompressor compressor;

    /**
     * @param shapes how values are written, and which are read
     * @param readsCounters whether a plain decimal is a value
     * @param epochs that entries carry; null: none
     * @param cipher with which values are encrypted; null: they are not
     * @param compressor which makes values shorter before that
     */
    Framing(
            Shapes<V> shapes,
            EntryFormat format,
            boolean readsCounters,
            int maxPayloadBytes,
            @Nullable Epochs epochs,
            @Nullable ValueCipher cipher,
            ValueCompressor compressor) {
        this.cipher = cipher;
        this.compressor = compressor;
        this.epochs = epochs;
        this.shapes = shapes;
        this.format = format;
        this.readsCounters = readsCounters;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** What is to be stored of a value, before it is encrypted. */
    Shortened shortened(byte[] payload, Draft<V> draft, EntryLife life) {
        return format == EntryFormat.RAW
                ? Shortened.not(payload)
                : compressor.shortened(
                        payload,
                        life.isForEver() ? ValueCompressor.KEPT_FOR_EVER : life.keptMillis(),
                        draft.notes().contentType());
    }

    /** The entry that {@code change} writes may live longer than its dictionary was to be kept. */
    void noteLife(LifeChange change) {
        change.noteLife(compressor);
    }

    /**
     * The bytes to store; null when the format has none for this draft.
     *
     * @param where the Redis key
     */
    byte @Nullable [] encode(
            byte[] where,
            Draft<V> draft,
            @Nullable Shortened payload,
            long entryId,
            EntryLife life,
            List<TagEpoch> stamps) {
        if (format == EntryFormat.RAW) {
            return payload == null ? null : payload.bytes();
        }
        ValueCodec<V> codec = shapes.own();
        long costMicros = draft.loadNanos() == 0
                ? EntryHeader.COST_UNKNOWN
                : Math.min(EntryHeader.MAX_LOAD_COST_MICROS, TimeUnit.NANOSECONDS.toMicros(draft.loadNanos()));
        EntryHeader header = new EntryHeader(
                payload == null ? EntryKind.NONE : EntryKind.VALUE,
                entryId,
                payload == null ? 0 : codec.id(),
                payload == null ? 0 : codec.schema(),
                life,
                costMicros,
                stamps,
                draft.notes().contentType(),
                draft.notes().validator(),
                payload == null || cipher == null ? EntryHeader.NOT_SEALED : cipher.keyNumber(),
                payload == null ? Compressed.NONE : new Compressed(payload.id(), payload.dictionary()));
        byte[] content = payload == null ? NOTHING : payload.bytes();
        return EntryCodec.encode(
                header,
                payload == null || cipher == null
                        ? content
                        : cipher.seal(header.sealedWith(), where, header.meaning(), content));
    }

    /** Whether decoding takes so little, and runs no code of users, that it may be done where replies are read. */
    boolean decodesAtOnce() {
        return shapes.isBuiltIn();
    }

    /** The same of certain bytes: to decompress much takes its time. */
    boolean decodesAtOnce(StoredString stored) {
        return decodesAtOnce()
                && (stored.length() <= MOST_DECOMPRESSED_AT_ONCE || !EntryCodec.claimsCompression(stored.first()));
    }

    /** The dictionary that bytes say they need, where it is neither held nor known to be gone; 0: none. */
    int missingDictionary(StoredString stored) {
        int number = format == EntryFormat.RAW ? 0 : EntryCodec.dictionaryClaimedBy(stored.first());
        return compressor.holds(number) || compressor.isGone(number) ? 0 : number;
    }

    /** Whether every read must ask for the remaining life: only with it are empty bytes told from none. */
    boolean alwaysNeedsRemaining() {
        return format == EntryFormat.RAW;
    }

    /** Whether its keys may hold placeholders of leases. */
    boolean knowsLeases() {
        return format == EntryFormat.FRAMED;
    }

    /**
     * What {@code found} means for this cache; null when it cannot be judged without its remaining life, which was not
     * asked for.
     *
     * @param where the Redis key
     */
    @Nullable
    Answer<V> decode(byte[] where, RemoteValue found) {
        if (found.isWrongType()) {
            return Answer.untouchable();
        }
        StoredString bytes = found.stored();
        if (bytes == null) {
            return Answer.ofRedis(null, Reason.NOT_FOUND, found);
        }
        if (format == EntryFormat.RAW) {
            return bytes.length() > maxPayloadBytes
                    ? undecodable(bytes)
                    : plain(bytes.whole(), found, Entry.Kind.VALUE);
        }
        Decoded decoded = EntryCodec.decode(bytes, maxStoredBytes());
        if (decoded instanceof Decoded.Stored stored) {
            EntryLife life = stored.header().life();
            return found.remainingMillis() == RemoteValue.NOT_ASKED && life.freshMillis() != life.keptMillis()
                    ? null
                    : stored(stored, where, bytes, found);
        }
        if (decoded instanceof Decoded.Undecodable undecodable) {
            return undecodable.why() == Decoded.Why.NEWER_FORMAT ? Answer.untouchable() : undecodable(bytes);
        }
        return readsCounters ? plain(bytes.whole(), found, Entry.Kind.COUNTER) : Answer.untouchable();
    }

    private Answer<V> stored(Decoded.Stored stored, byte[] where, StoredString bytes, RemoteValue found) {
        EntryHeader header = stored.header();
        if (header.kind().isMarker() || isOver(header.life(), found.remainingMillis())) {
            return Answer.none(Tier.REMOTE, Reason.NOT_FOUND);
        }
        V value = null;
        int heldBytes = bytes.length();
        if (header.kind() == EntryKind.VALUE) {
            if (!shapes.reads(header)) {
                return shapes.isNewer(header) ? Answer.untouchable() : undecodable(bytes);
            }
            if (header.sealedWith() != EntryHeader.NOT_SEALED && !isOpenable(header)) {
                // others can, so it is not ours to replace
                return Answer.untouchable();
            }
            Compressed compressed = header.compressed();
            if (compressed.isAny() && !compressor.knows(compressed.id())) {
                return Answer.untouchable();
            }
            if (!compressor.holds(compressed.dictionary())) {
                // where it is gone nobody can read this any more; else others may
                return compressor.isMissed(compressed.dictionary()) ? undecodable(bytes) : Answer.untouchable();
            }
            Content content = content(stored, where, bytes);
            value = content == null
                    ? null
                    : value(() -> shapes.decode(header, content.bytes(), content.offset(), content.length()));
            if (content == null || value == null) {
                return shapes.isNewer(header) ? Answer.untouchable() : undecodable(bytes);
            }
            heldBytes += content.length() - stored.payloadLength();
        }
        Stamps stamps = epochs == null ? null : epochs.of(header.tags());
        if (epochs != null && stamps == null) {
            return Answer.voided(Versions.framed(header.entryId()));
        }
        Entry<V> entry = new Entry<>(
                        value,
                        times(header, found),
                        header.entryId(),
                        heldBytes,
                        kind(header),
                        Entry.Notes.of(header.contentType(), header.validator()),
                        null)
                .with(stamps);
        return isExpired(header.life(), found.remainingMillis())
                ? Answer.expired(entry, Tier.REMOTE, found)
                : Answer.ofRedis(entry, Reason.FOUND, found);
    }

    private Entry.Kind kind(EntryHeader header) {
        if (header.kind() != EntryKind.VALUE || shapes.isOwn(header)) {
            return Entry.Kind.VALUE;
        }
        return shapes.isNewer(header) ? Entry.Kind.OF_NEWER_SCHEMA : Entry.Kind.OF_OLDER_SCHEMA;
    }

    private boolean isOpenable(EntryHeader header) {
        return cipher != null && cipher.knows(header.sealedWith());
    }

    /** What the codec wrote. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
    private record Content(byte[] bytes, int offset, int length) {
        static Content of(StoredString stored, Decoded.Stored entry) {
            byte[] payload = stored.payload();
            return payload == null
                    ? new Content(stored.first(), entry.payloadOffset(), entry.payloadLength())
                    : new Content(payload, 0, payload.length);
        }

        static @Nullable Content of(byte @Nullable [] bytes) {
            return bytes == null ? null : new Content(bytes, 0, bytes.length);
        }
    }

    /** Null: nothing can be made of it. */
    private @Nullable Content content(Decoded.Stored stored, byte[] where, StoredString bytes) {
        Content opened = opened(stored, where, bytes);
        Compressed compressed = stored.header().compressed();
        return opened == null || !compressed.isAny()
                ? opened
                : Content.of(compressor.value(
                        compressed.id(),
                        compressed.dictionary(),
                        opened.bytes(),
                        opened.offset(),
                        opened.length(),
                        maxPayloadBytes));
    }

    /** Null: it is none of ours. With a cipher, what is not encrypted is not: anybody could have put it there. */
    private @Nullable Content opened(Decoded.Stored stored, byte[] where, StoredString bytes) {
        EntryHeader header = stored.header();
        Content payload = Content.of(bytes, stored);
        if (cipher == null) {
            return payload;
        }
        return header.sealedWith() == EntryHeader.NOT_SEALED
                ? null
                : Content.of(cipher.open(
                        header.sealedWith(),
                        where,
                        header.meaning(),
                        payload.bytes(),
                        payload.offset(),
                        payload.length()));
    }

    private int maxStoredBytes() {
        return cipher == null
                ? maxPayloadBytes
                : (int) Math.min(Integer.MAX_VALUE, (long) maxPayloadBytes + ValueCipher.OVERHEAD_BYTES);
    }

    private Answer<V> plain(byte[] bytes, RemoteValue found, Entry.Kind kind) {
        V value = value(() -> shapes.own().decode(bytes, 0, bytes.length));
        if (value == null) {
            return undecodable(StoredString.of(bytes));
        }
        long end = found.remainingMillis() < 0
                ? Entry.FOR_EVER
                : found.sentAtNanos() + TimeUnit.MILLISECONDS.toNanos(found.remainingMillis());
        return Answer.ofRedis(
                new Entry<>(
                        value,
                        new Entry.Times(Entry.AS_OF_UNKNOWN, end),
                        0,
                        bytes.length,
                        kind,
                        Entry.Notes.NONE,
                        Versions.plain(bytes)),
                Reason.FOUND,
                found);
    }

    private static <V> @Nullable V value(Callable<@Nullable V> decoding) {
        try {
            return decoding.call();
        } catch (Exception
                | StackOverflowError
                | LinkageError
                | AssertionError undecodable) { // what a codec throws on bytes it does not know is a miss (P7)
            return null;
        }
    }

    private static boolean isExpired(EntryLife life, long remainingMillis) {
        return remainingMillis != RemoteValue.NOT_ASKED && life.freshRemainingMillis(remainingMillis) == 0;
    }

    /** Whether it is kept only for the sake of whoever reloads it. */
    private static boolean isOver(EntryLife life, long remainingMillis) {
        return remainingMillis != RemoteValue.NOT_ASKED && life.staleRemainingMillis(remainingMillis) == 0;
    }

    private static Entry.Times times(EntryHeader header, RemoteValue found) {
        long remaining = found.remainingMillis();
        long costNanos = header.loadCostMicros() == EntryHeader.COST_UNKNOWN
                ? 0
                : TimeUnit.MICROSECONDS.toNanos(header.loadCostMicros());
        if (remaining < 0) {
            return new Entry.Times(producedAtNanos(header, found), Entry.FOR_EVER, Entry.FOR_EVER, costNanos);
        }
        return new Entry.Times(
                producedAtNanos(header, found),
                deadlineNanos(header.life().freshRemainingMillis(remaining), found),
                deadlineNanos(header.life().staleRemainingMillis(remaining), found),
                costNanos);
    }

    /**
     * When the load or write began: its key has been kept for the part of its life that does not remain, and the load took
     * its time before.
     */
    private static long producedAtNanos(EntryHeader header, RemoteValue found) {
        EntryLife life = header.life();
        if (life.isForEver() || found.remainingMillis() < 0) {
            return Entry.AS_OF_UNKNOWN;
        }
        long ageMillis = Math.max(0, life.keptMillis() - found.remainingMillis());
        long loadMicros = header.loadCostMicros() == EntryHeader.COST_UNKNOWN ? 0 : header.loadCostMicros();
        return found.sentAtNanos()
                - TimeUnit.MILLISECONDS.toNanos(ageMillis)
                - TimeUnit.MICROSECONDS.toNanos(loadMicros);
    }

    private static long deadlineNanos(long remainingMillis, RemoteValue found) {
        return remainingMillis == EntryLife.FOR_EVER
                ? Entry.FOR_EVER
                : found.sentAtNanos() + TimeUnit.MILLISECONDS.toNanos(remainingMillis);
    }

    private static <V> Answer<V> undecodable(StoredString bytes) {
        return Answer.undecodable(Versions.of(bytes.whole()));
    }
}
