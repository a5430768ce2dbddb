package io.cacheservice.internal.engine;

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
 * @param mayBeReplaced whether a load may store its result: not over what a newer program wrote
 * @param found what Redis said, when it was asked for this answer and believed
 */
record Answer<V>(
        @Nullable Entry<V> entry,
        Tier tier,
        Reason reason,
        boolean mayBeReplaced,
        @Nullable RemoteValue found) {
    static <V> Answer<V> found(Entry<V> entry, Tier tier) {
        return of(entry, tier, Reason.FOUND);
    }

    static <V> Answer<V> none(Tier tier, Reason reason) {
        return of(null, tier, reason);
    }

    static <V> Answer<V> of(@Nullable Entry<V> entry, Tier tier, Reason reason) {
        return new Answer<>(entry, tier, reason, true, null);
    }

    /** What Redis holds. */
    static <V> Answer<V> ofRedis(@Nullable Entry<V> entry, Reason reason, RemoteValue found) {
        return new Answer<>(entry, Tier.REMOTE, reason, true, found);
    }

    /** There are bytes that only a newer program can read. */
    static <V> Answer<V> ofNewerProgram(Tier tier) {
        return new Answer<>(null, tier, Reason.UNDECODABLE, false, null);
    }

    /** The same, said by a replica. */
    Answer<V> ofReplica() {
        return new Answer<>(entry, Tier.REPLICA, reason, mayBeReplaced, null);
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
                false,
                reason,
                Optional.ofNullable(entry.version()),
                Optional.ofNullable(entry.contentType()));
    }
}
