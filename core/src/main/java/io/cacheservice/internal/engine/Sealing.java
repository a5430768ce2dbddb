package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.compress.Shortened;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.TagEpoch;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.RemoteTier;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of what is to be stored in Redis: first whatever needs the users' code, on the thread of the caller; then,
 * when the epochs are known that the entry carries, the whole. Sends nothing.
 */
final class Sealing<K, V> {
    private final Function<K, byte[]> redisKey;
    private final Encoding<V> encoding;
    private final Framing<V> framing;
    private final Retention retention;
    private final TimeSource time;
    private final RandomGenerator random;

    /** @param retention how much longer than its life an entry that a source can replace is kept */
    Sealing(Function<K, byte[]> redisKey, Encoding<V> encoding, Framing<V> framing, Retention retention, Seams seams) {
        this.redisKey = redisKey;
        this.encoding = encoding;
        this.framing = framing;
        this.retention = retention;
        this.time = seams.time();
        this.random = seams.random();
    }

    /**
     * An entry as bytes, ready to be sent.
     *
     * @param bytes null: the format has none for it
     * @param savedBytes how many there would be more of, had the value not been compressed
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
    record Sealed<K, V>(
            K key,
            byte[] where,
            Draft<V> draft,
            long entryId,
            EntryLife life,
            @Nullable Stamps stamps,
            byte @Nullable [] bytes,
            int savedBytes) {
        /** What key and value take in this process, where values are not compressed. */
        int size() {
            return where.length + (bytes == null ? 0 : bytes.length + savedBytes);
        }

        /** How long Redis is to keep it. */
        long pxMillis() {
            return life.isForEver() ? RemoteTier.FOR_EVER : life.keptMillis();
        }
    }

    /** The same before it is known which epochs it is to carry. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
    record Packed<K, V>(
            K key,
            byte[] where,
            Draft<V> draft,
            EntryLife life,
            @Nullable Shortened payload) {}

    /** What a copy of an entry takes that is stored nowhere, and where it belongs. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
    record Unstored(byte[] where, int size) {}

    /** Where {@code key} is in Redis. */
    byte[] where(K key) {
        return redisKey.apply(key);
    }

    /**
     * Runs the users' code.
     *
     * @param reloadable whether the entry is one that a source can replace
     */
    Packed<K, V> packed(K key, Draft<V> draft, boolean reloadable) {
        byte[] where = where(key);
        EntryLife life = (reloadable && framing.knowsLeases() ? retention : Retention.NONE).life(draft.ttlMillis());
        byte[] payload = encoding.encode(key, draft.value());
        return new Packed<>(key, where, draft, life, payload == null ? null : framing.shortened(payload, draft, life));
    }

    /** @param stamping null: the entry carries no epochs */
    Sealed<K, V> sealed(Packed<K, V> packed, Epochs.@Nullable Stamping stamping) {
        long entryId = random.nextLong();
        List<TagEpoch> inHeader = stamping == null ? List.of() : stamping.inHeader();
        Shortened payload = packed.payload();
        return new Sealed<>(
                packed.key(),
                packed.where(),
                packed.draft(),
                entryId,
                packed.life(),
                stamping == null ? null : stamping.stamps(),
                framing.encode(packed.where(), packed.draft(), payload, entryId, packed.life(), inHeader),
                payload == null ? 0 : payload.savedBytes());
    }

    /**
     * The entry as readers of this process get it.
     *
     * @param bytes what it takes in Redis
     */
    Entry<V> entry(Sealed<K, V> ready, int bytes, Entry.Kind kind) {
        Draft<V> draft = ready.draft();
        long fallbackMillis = ready.life().staleMillis() - ready.life().freshMillis();
        return new Entry<>(
                        draft.value(),
                        draft.times(time.nanoTime(), fallbackMillis),
                        ready.entryId(),
                        bytes,
                        kind,
                        draft.notes(),
                        null)
                .with(ready.stamps());
    }

    /** See {@link Unstored}. */
    Unstored unstored(K key, Entry<V> entry) {
        byte[] where = where(key);
        byte[] payload = encoding.encode(key, entry.value());
        return new Unstored(where, where.length + (payload == null ? 0 : payload.length));
    }
}
