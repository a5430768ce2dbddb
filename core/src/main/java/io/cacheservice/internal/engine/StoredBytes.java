package io.cacheservice.internal.engine;

import io.cacheservice.EntryDetails.Format;
import io.cacheservice.EntryDetails.Header;
import io.cacheservice.EntryDetails.Stored;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.entry.Compressed;
import io.cacheservice.internal.entry.Decoded;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.spi.RemoteDetails;
import io.cacheservice.spi.RemoteValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tells what bytes in Redis are, whoever wrote them: decisions only, no I/O. */
final class StoredBytes {
    private StoredBytes() {}

    static Stored otherType(RemoteDetails details) {
        return new Stored(
                details.type(),
                Format.OTHER_TYPE,
                OptionalLong.empty(),
                OptionalLong.empty(),
                millis(details.remainingMillis()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(details.usage()),
                null);
    }

    /** What is there; empty when it went since its details were read. */
    static Optional<Stored> of(
            RemoteDetails details, RemoteValue found, int maxPayloadBytes, ValueCompressor compressor) {
        byte[] bytes = found.bytes();
        if (bytes == null) {
            return Optional.empty();
        }
        Decoded decoded = EntryCodec.decode(bytes, maxPayloadBytes);
        if (decoded instanceof Decoded.Stored entry) {
            byte[] value = value(entry, bytes, maxPayloadBytes, compressor);
            return Optional.of(
                    stored(details, found, Format.FRAMED, Optional.of(true), header(entry.header(), found), value));
        }
        if (decoded instanceof Decoded.Counter) {
            return Optional.of(
                    stored(details, found, Format.COUNTER, Optional.empty(), counterHeader(bytes, found), bytes));
        }
        Decoded.Why why = ((Decoded.Undecodable) decoded).why();
        return Optional.of(stored(details, found, format(why), checksumHolds(why, bytes), null, null));
    }

    /** What is encrypted stays so; null: it was compressed, and this process cannot undo it. */
    private static byte @Nullable [] value(
            Decoded.Stored entry, byte[] bytes, int maxPayloadBytes, ValueCompressor compressor) {
        Compressed compressed = entry.header().compressed();
        return !compressed.isAny() || entry.header().sealedWith() != EntryHeader.NOT_SEALED
                ? Arrays.copyOfRange(bytes, entry.payloadOffset(), bytes.length)
                : compressor.value(
                        compressed.id(),
                        compressed.dictionary(),
                        bytes,
                        entry.payloadOffset(),
                        entry.payloadLength(),
                        maxPayloadBytes);
    }

    private static Stored stored(
            RemoteDetails details,
            RemoteValue found,
            Format format,
            Optional<Boolean> checksumHolds,
            @Nullable Header header,
            byte @Nullable [] value) {
        return new Stored(
                details.type(),
                format,
                details.storedBytes(),
                value == null ? OptionalLong.empty() : OptionalLong.of(value.length),
                millis(found.remainingMillis()),
                checksumHolds,
                Optional.ofNullable(header),
                Optional.of(details.usage()),
                value);
    }

    private static Format format(Decoded.Why why) {
        return switch (why) {
            case TOO_SHORT -> Format.TOO_SHORT;
            case FOREIGN -> Format.FOREIGN;
            case NEWER_FORMAT -> Format.NEWER_FORMAT;
            case CORRUPT -> Format.CORRUPT;
            case TOO_BIG -> Format.TOO_BIG;
        };
    }

    private static Optional<Boolean> checksumHolds(Decoded.Why why, byte[] bytes) {
        return switch (why) {
            case CORRUPT, NEWER_FORMAT -> Optional.of(EntryCodec.checksumHolds(bytes));
            // too big is not read to its end
            case TOO_SHORT, FOREIGN, TOO_BIG -> Optional.empty();
        };
    }

    private static Header header(EntryHeader header, RemoteValue found) {
        EntryLife life = header.life();
        long left = found.remainingMillis();
        boolean ageIsKnown = !life.isForEver() && left >= 0;
        return new Header(
                header.kind().name().toLowerCase(Locale.ROOT),
                Versions.framed(header.entryId()),
                Duration.ofMillis(ageIsKnown ? Math.max(0, life.keptMillis() - left) : 0),
                millis(life.freshRemainingMillis(left)),
                millis(life.staleRemainingMillis(left)),
                millis(life.keptMillis()),
                OptionalInt.of(header.codecId()),
                OptionalInt.of(header.schema()),
                header.sealedWith() == EntryHeader.NOT_SEALED
                        ? OptionalInt.empty()
                        : OptionalInt.of(header.sealedWith()),
                compression(header.compressed()),
                dictionary(header.compressed()),
                Optional.ofNullable(header.contentType()),
                header.loadCostMicros() == EntryHeader.COST_UNKNOWN
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(1_000 * header.loadCostMicros())),
                header.tags().size());
    }

    private static Header counterHeader(byte[] bytes, RemoteValue found) {
        Optional<Duration> remaining = millis(found.remainingMillis());
        return new Header(
                "counter",
                Versions.plain(bytes),
                Duration.ZERO,
                remaining,
                remaining,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static Optional<String> compression(Compressed compressed) {
        return switch (compressed.id()) {
            case Compressed.LZ4 -> Optional.of("lz4");
            case Compressed.ZSTD -> Optional.of("zstd");
            default -> Optional.empty();
        };
    }

    private static Optional<String> dictionary(Compressed compressed) {
        return compressed.dictionary() == 0
                ? Optional.empty()
                : Optional.of(HexFormat.of().toHexDigits(compressed.dictionary()));
    }

    private static Optional<Duration> millis(long millisOrForEver) {
        return millisOrForEver < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millisOrForEver));
    }
}
