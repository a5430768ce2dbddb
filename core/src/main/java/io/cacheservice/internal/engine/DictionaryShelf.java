package io.cacheservice.internal.engine;

import io.cacheservice.EntryVersion;
import io.cacheservice.internal.compress.Trained;
import io.cacheservice.internal.crypto.ValueCipher;
import io.cacheservice.internal.entry.Compressed;
import io.cacheservice.internal.entry.Decoded;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryKind;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where the dictionaries of one cache stand in Redis: each under a key that its content names and that never changes, and under
 * one more key which of them new values are compressed with. They are pieces of values, so they are encrypted where values are.
 *
 * <p>Sends commands and reads answers; what to do is for {@link Dictionaries} to decide. Safe for use by many threads.
 */
final class DictionaryShelf {
    private static final int LABEL_BYTES = 8;
    private static final double RATIO_SCALE = 1_000;

    private final RemoteTier tier;
    private final RedisKeys keys;
    private final String cacheName;
    private final @Nullable ValueCipher cipher;
    private final RandomGenerator random;
    private final byte[] labelKey;

    DictionaryShelf(
            RemoteTier tier, RedisKeys keys, String cacheName, @Nullable ValueCipher cipher, RandomGenerator random) {
        this.tier = tier;
        this.keys = keys;
        this.cacheName = cacheName;
        this.cipher = cipher;
        this.random = random;
        this.labelKey = keys.ownKey("z:" + cacheName);
    }

    /** What says which dictionary is in use. */
    sealed interface Label {
        /** Nothing does; {@code over} is the version of bytes of which nothing can be made, null: there are none. */
        record Missing(@Nullable EntryVersion over) implements Label {}

        /** A process is about to say it. */
        record Leased() implements Label {}

        /**
         * This one.
         *
         * @param ratio what it made of values when it was trained
         */
        record Names(int dictionary, double ratio, EntryVersion version) implements Label {}
    }

    CompletableFuture<Label> label() {
        return Futures.map(tier.get(labelKey, false), this::label);
    }

    private Label label(RemoteValue found) {
        byte[] bytes = found.bytes();
        if (bytes == null) {
            return new Label.Missing(null);
        }
        if (EntryCodec.decode(bytes, Trained.MOST_BYTES) instanceof Decoded.Stored stored
                && stored.header().kind().isMarker()) {
            return new Label.Leased();
        }
        byte[] content = content(labelKey, bytes);
        if (content == null || content.length != LABEL_BYTES) {
            return new Label.Missing(Versions.of(bytes));
        }
        ByteBuffer in = ByteBuffer.wrap(content);
        return new Label.Names(in.getInt(), in.getInt() / RATIO_SCALE, Versions.of(bytes));
    }

    /** The right to say which dictionary is in use from now on, in the place of {@code present}. */
    Lease lease(Label present, long millis) {
        byte[] placeholder = EntryCodec.encode(EntryHeader.lease(random.nextLong(), millis));
        return present instanceof Label.Names names
                ? tier.refreshLease(labelKey, placeholder, millis, names.version())
                : tier.lease(labelKey, placeholder, millis, ((Label.Missing) present).over());
    }

    /** Says it under that right; answers whether it still had it. */
    CompletableFuture<Boolean> name(Lease lease, Trained trained, double ratio) {
        byte[] content = ByteBuffer.allocate(LABEL_BYTES)
                .putInt(trained.number())
                .putInt((int) (ratio * RATIO_SCALE))
                .array();
        return lease.fill(entry(labelKey, content), RemoteTier.FOR_EVER);
    }

    /** The dictionary with this number; null: there is none, or none that this process can read. */
    CompletableFuture<@Nullable Trained> fetch(int number) {
        byte[] where = dictionaryKey(number);
        return Futures.map(tier.get(where, false), found -> trained(where, found, number));
    }

    /** Has Redis keep it for so long from now, or {@link RemoteTier#FOR_EVER}; answers whether it does. */
    CompletableFuture<Boolean> keep(Trained trained, long pxMillis) {
        byte[] where = dictionaryKey(trained.number());
        byte[] entry = entry(where, trained.dictionary());
        return Futures.then(tier.keep(where, entry, pxMillis), (found, failure) -> {
            if (found == null) {
                return CompletableFuture.failedFuture(
                        failure == null ? new IllegalStateException("no answer") : failure);
            }
            if (isReadableByAll(found) && trained(where, found, trained.number()) != null) {
                return CompletableFuture.completedFuture(true);
            }
            // sealed with a key that goes out of use, or damaged
            return Futures.map(tier.set(where, entry, RemoteTier.FOR_EVER), stored -> true);
        });
    }

    private boolean isReadableByAll(RemoteValue found) {
        byte[] bytes = found.bytes();
        return bytes != null
                && EntryCodec.decode(bytes, mostBytes()) instanceof Decoded.Stored stored
                && (cipher == null || stored.header().sealedWith() == cipher.keyNumber());
    }

    private @Nullable Trained trained(byte[] where, RemoteValue found, int number) {
        byte[] bytes = found.bytes();
        byte[] content = bytes == null ? null : content(where, bytes);
        Trained trained = content == null ? null : Trained.of(content);
        return trained == null || trained.number() != number ? null : trained;
    }

    private byte[] dictionaryKey(int number) {
        return keys.ownKey("z:" + cacheName + ":" + HexFormat.of().toHexDigits(number));
    }

    private byte[] entry(byte[] where, byte[] content) {
        EntryHeader header = new EntryHeader(
                EntryKind.VALUE,
                random.nextLong(),
                0,
                0,
                new EntryLife(EntryLife.FOR_EVER, EntryLife.FOR_EVER, EntryLife.FOR_EVER),
                EntryHeader.COST_UNKNOWN,
                List.of(),
                null,
                null,
                cipher == null ? EntryHeader.NOT_SEALED : cipher.keyNumber(),
                Compressed.NONE);
        return EntryCodec.encode(
                header, cipher == null ? content : cipher.seal(header.sealedWith(), where, header.meaning(), content));
    }

    /** Null: it is none that this process wrote or may trust. */
    private byte @Nullable [] content(byte[] where, byte[] bytes) {
        if (!(EntryCodec.decode(bytes, mostBytes()) instanceof Decoded.Stored stored)
                || stored.header().kind() != EntryKind.VALUE
                || stored.header().compressed().isAny()) {
            return null;
        }
        EntryHeader header = stored.header();
        if (cipher == null) {
            return header.sealedWith() == EntryHeader.NOT_SEALED
                    ? Arrays.copyOfRange(bytes, stored.payloadOffset(), bytes.length)
                    : null;
        }
        return header.sealedWith() == EntryHeader.NOT_SEALED
                ? null
                : cipher.open(
                        header.sealedWith(),
                        where,
                        header.meaning(),
                        bytes,
                        stored.payloadOffset(),
                        stored.payloadLength());
    }

    private static int mostBytes() {
        return Trained.MOST_BYTES + ValueCipher.OVERHEAD_BYTES;
    }
}
