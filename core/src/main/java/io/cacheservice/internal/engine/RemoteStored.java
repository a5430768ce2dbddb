package io.cacheservice.internal.engine;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.EntryDetails;
import io.cacheservice.FailedOutcome;
import io.cacheservice.KeyPage;
import io.cacheservice.Tier;
import io.cacheservice.internal.coherence.Copies;
import io.cacheservice.internal.coherence.LocalCopy;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.spi.RemoteDetails;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The byte entries in Redis. */
final class RemoteStored implements ListedEntries {
    private static final int MAX_COMPARISONS = 8;

    private final RemoteTier tier;
    private final Journal journal;
    private final RedisKeys keys;
    private final Lifecycle lifecycle;
    private final Seams seams;
    private final int maxPayloadBytes;
    private final ValueCompressor compressor;
    private final @Nullable Copies<String, byte[]> copies;

    /** @param copies those in front; null: there are none */
    RemoteStored(
            RemoteStore.Remote remote,
            RedisKeys keys,
            Lifecycle lifecycle,
            Seams seams,
            int maxPayloadBytes,
            ValueCompressor compressor,
            @Nullable Copies<String, byte[]> copies) {
        this.tier = remote.tier();
        this.journal = remote.journal();
        this.keys = keys;
        this.lifecycle = lifecycle;
        this.seams = seams;
        this.maxPayloadBytes = maxPayloadBytes;
        this.compressor = compressor;
        this.copies = copies;
    }

    @Override
    public CompletableFuture<KeyPage> page(String prefix, @Nullable String cursor, int most) {
        lifecycle.requireOpen();
        // what a foreign program wrote there and no key of ours can be is left out
        return Futures.map(
                tier.scan(keys.byteKeyPrefix(prefix), cursor, most),
                found -> new KeyPage(
                        found.keys().stream()
                                .map(keys::byteKeyOf)
                                .filter(Objects::nonNull)
                                .toList(),
                        found.next(),
                        found.unlisted()));
    }

    @Override
    public List<String> hottest(int count) {
        lifecycle.requireOpen();
        return copies == null ? List.of() : copies.map().hottest(count);
    }

    @Override
    public EntryDetails inspect(String key) {
        lifecycle.requireOpen();
        byte[] where = keys.byteKey(key);
        Optional<EntryDetails.Copy> copy = copy(key);
        RemoteDetails details = Futures.await(tier.inspect(where));
        Optional<EntryDetails.Stored> stored = Optional.empty();
        if (details.type().equals(RemoteDetails.STRING)) {
            // after the details: reading makes the key one that was read a moment ago
            RemoteValue value = Futures.await(tier.get(where, true));
            stored = StoredBytes.of(details, value, maxPayloadBytes, compressor);
        } else if (!details.type().equals(RemoteDetails.ABSENT)) {
            stored = Optional.of(StoredBytes.otherType(details));
        }
        return new EntryDetails(Tier.REMOTE, Optional.of(details.place()), journal.holds(where), stored, copy);
    }

    private Optional<EntryDetails.Copy> copy(String key) {
        LocalCopy<byte[]> held = copies == null ? null : copies.held(key);
        return held == null || copies == null
                ? Optional.empty()
                : Optional.of(LocalDetails.copy(
                        held, copies.standing(held), seams.time().nanoTime()));
    }

    @Override
    public boolean setLife(String key, @Nullable Duration life) {
        lifecycle.requireOpen();
        byte[] where = keys.byteKey(key);
        long lifeMillis = life == null ? EntryLife.FOR_EVER : Limits.requireTtlMillis(life);
        for (int i = 0; i < MAX_COMPARISONS; i++) {
            RemoteValue found =
                    journal.holds(where) ? null : Futures.await(tier.sole().get(where, true));
            LifeChange change = found == null
                    ? null
                    : LifeChange.of(found, lifeMillis, seams.random().nextLong(), maxPayloadBytes);
            if (change == null) {
                return false;
            }
            change.noteLife(compressor);
            if (Futures.await(tier.relive(where, change.seen(), change.bytes(), change.pxMillis()))) {
                return true;
            }
        }
        throw new CacheConnectionException(
                "others changed '" + key + "' " + MAX_COMPARISONS
                        + " times meanwhile: its life is as they set it; try again",
                FailedOutcome.NOT_APPLIED);
    }
}
