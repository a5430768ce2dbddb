package io.cacheservice.internal.engine;

import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.spi.RemoteValue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a tier or a load answered.
 *
 * @param entry null: no usable entry
 * @param tier who answered
 * @param reason why
 * @param fallback an entry that has expired and may serve where the source fails or is slow; null: there is none
 * @param mayBeReplaced whether a load may store its result: not over what a newer program wrote, nor over a counter
 * @param unusable the version of bytes of which nothing can be made, and of which a load may take the place; null: none
 * @param found what Redis said, when it was asked for this answer and believed
 */
record Answer<V>(
        @Nullable Entry<V> entry,
        Tier tier,
        Reason reason,
        @Nullable Entry<V> fallback,
        boolean mayBeReplaced,
        @Nullable EntryVersion unusable,
        @Nullable RemoteValue found) {
    static <V> Answer<V> found(Entry<V> entry, Tier tier) {
        return of(entry, tier, Reason.FOUND);
    }

    static <V> Answer<V> none(Tier tier, Reason reason) {
        return of(null, tier, reason);
    }

    static <V> Answer<V> of(@Nullable Entry<V> entry, Tier tier, Reason reason) {
        return new Answer<>(entry, tier, reason, null, true, null, null);
    }

    /** Nothing usable, but {@code fallback}. */
    static <V> Answer<V> expired(Entry<V> fallback, Tier tier, @Nullable RemoteValue found) {
        return new Answer<>(null, tier, Reason.NOT_FOUND, fallback, true, null, found);
    }

    /** What Redis holds. */
    static <V> Answer<V> ofRedis(@Nullable Entry<V> entry, Reason reason, RemoteValue found) {
        return new Answer<>(entry, Tier.REMOTE, reason, null, true, null, found);
    }

    /** There are bytes of which nothing can be made; a load may take their place. */
    static <V> Answer<V> undecodable(EntryVersion version) {
        return new Answer<>(null, Tier.REMOTE, Reason.UNDECODABLE, null, true, version, null);
    }

    /** There is an entry that was invalidated together with others; a load may take its place. */
    static <V> Answer<V> voided(EntryVersion version) {
        return new Answer<>(null, Tier.REMOTE, Reason.NOT_FOUND, null, true, version, null);
    }

    /** There are bytes of which nothing can be made, and which are not a load's to replace. */
    static <V> Answer<V> untouchable() {
        return new Answer<>(null, Tier.REMOTE, Reason.UNDECODABLE, null, false, null, null);
    }

    /** {@code entry}, which has expired, for {@code reason}. */
    static <V> Answer<V> stale(Entry<V> entry, Tier tier, Reason reason) {
        return of(entry, tier, reason);
    }

    /** The same, said by a replica. */
    Answer<V> ofReplica() {
        return new Answer<>(entry, Tier.REPLICA, reason, fallback, mayBeReplaced, unusable, null);
    }

    @Nullable
    V valueOrNull() {
        return entry == null ? null : entry.value();
    }

    /** As a caller sees it, the value as {@code leaving} makes it. */
    Lookup<V> toLookup(long nowNanos, Function<@Nullable V, @Nullable V> leaving) {
        if (entry == null) {
            return new Lookup.Absent<>(tier, reason);
        }
        long remaining = entry.remainingNanos(nowNanos);
        return new Lookup.Hit<>(
                leaving.apply(entry.value()),
                tier,
                Duration.ofNanos(entry.ageNanos(nowNanos)),
                remaining == Entry.FOR_EVER ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, remaining))),
                reason.isStale(),
                reason,
                Optional.ofNullable(entry.version()),
                Optional.ofNullable(entry.notes().contentType()));
    }
}
