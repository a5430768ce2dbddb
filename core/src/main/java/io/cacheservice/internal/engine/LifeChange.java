package io.cacheservice.internal.engine;

import io.cacheservice.EntryVersion;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.entry.Decoded;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has to be written to give stored bytes another life. The header is written anew and not only Redis told: a longer
 * life that the header does not know would make the entry look younger than it is.
 *
 * @param seen the version that this takes the place of
 * @param pxMillis how long Redis keeps it, or {@link RemoteTier#FOR_EVER}
 */
@SuppressWarnings("ArrayRecordComponent") // carried to the write, never compared
record LifeChange(EntryVersion seen, byte[] bytes, long pxMillis) {
    /**
     * The write that makes what was {@code found} live on from now.
     *
     * @param lifeMillis how long it is to be fresh from now, or {@link EntryLife#FOR_EVER}
     * @return null: there is no entry that could be read
     */
    static @Nullable LifeChange of(RemoteValue found, long lifeMillis, long newEntryId, int maxPayloadBytes) {
        byte[] bytes = found.bytes();
        if (bytes == null) {
            return null;
        }
        Decoded decoded = EntryCodec.decode(bytes, maxPayloadBytes);
        if (decoded instanceof Decoded.Counter) {
            return new LifeChange(Versions.plain(bytes), bytes, pxMillis(lifeMillis, 0));
        }
        return decoded instanceof Decoded.Stored stored
                ? ofEntry(stored, bytes, found.remainingMillis(), lifeMillis, newEntryId)
                : null;
    }

    /**
     * The write that ends the fresh life of what was {@code found}, under a new id, so that no reload that is running takes it
     * for what it has seen. It stays for as long after that as it would have.
     *
     * @return null: there is no entry, or it has expired, or it has no life of its own to end
     */
    static @Nullable LifeChange expiring(RemoteValue found, long newEntryId, int maxPayloadBytes) {
        byte[] bytes = found.bytes();
        Decoded decoded = bytes == null ? null : EntryCodec.decode(bytes, maxPayloadBytes);
        if (bytes == null
                || !(decoded instanceof Decoded.Stored stored)
                || stored.header().kind().isMarker()) {
            return null;
        }
        EntryLife life = stored.header().life();
        if (life.freshRemainingMillis(found.remainingMillis()) == 0) {
            return null;
        }
        boolean ageIsKnown = !life.isForEver() && found.remainingMillis() >= 0;
        long ageMillis = ageIsKnown ? Math.max(0, life.keptMillis() - found.remainingMillis()) : 0;
        long fallbackMillis = life.staleMillis() - life.freshMillis();
        long keptLongerMillis = Math.max(1, life.keptMillis() - life.freshMillis());
        EntryLife over = new EntryLife(ageMillis, ageMillis + fallbackMillis, ageMillis + keptLongerMillis);
        byte[] rewritten = EntryCodec.encode(
                stored.header().rewritten(newEntryId, over),
                Arrays.copyOfRange(bytes, stored.payloadOffset(), bytes.length));
        return new LifeChange(Versions.of(bytes), rewritten, keptLongerMillis);
    }

    private static @Nullable LifeChange ofEntry(
            Decoded.Stored stored, byte[] bytes, long remainingMillis, long lifeMillis, long newEntryId) {
        EntryLife life = stored.header().life();
        if (stored.header().kind().isMarker() || life.freshRemainingMillis(remainingMillis) == 0) {
            return null;
        }
        boolean ageIsKnown = !life.isForEver() && remainingMillis >= 0;
        long ageMillis = ageIsKnown ? Math.max(0, life.keptMillis() - remainingMillis) : 0;
        EntryLife changed = life.changed(ageMillis, lifeMillis);
        byte[] rewritten = EntryCodec.encode(
                stored.header().rewritten(newEntryId, changed),
                Arrays.copyOfRange(bytes, stored.payloadOffset(), bytes.length));
        return new LifeChange(
                Versions.of(bytes), rewritten, pxMillis(lifeMillis, changed.keptMillis() - changed.freshMillis()));
    }

    /** A dictionary that the entry needs has to be kept for as long. */
    void noteLife(ValueCompressor compressor) {
        if (EntryCodec.dictionaryClaimedBy(bytes) != 0) {
            compressor.livesOn(pxMillis);
        }
    }

    private static long pxMillis(long lifeMillis, long keptLongerMillis) {
        return lifeMillis == EntryLife.FOR_EVER ? RemoteTier.FOR_EVER : lifeMillis + keptLongerMillis;
    }
}
