package io.cacheservice;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a read: what was found, where, how old it is and why the answer is what it is.
 *
 * <p>Immutable.
 *
 * @param <V> the value
 */
public sealed interface Lookup<V> {
    /** Whether there is an answer; it may be a cached null. */
    boolean isHit();

    /** The value; null when absent or when the cached answer is "the source has none". */
    @Nullable
    V valueOrNull();

    /** Who gave the answer. */
    Tier tier();

    /**
     * Time since the command or load that produced the value was started; zero when absent, and when Redis does not tell it:
     * of entries without an end, of counters and of entries of format RAW.
     */
    Duration age();

    /** Whether the value had already expired and was given all the same, as the policy allows. */
    boolean stale();

    /** Why the answer is what it is. */
    Reason reason();

    /**
     * There is an answer.
     *
     * @param valueOrNull the value, or null for a cached null
     * @param tier who gave it
     * @param age time since the command or load that produced it was started; zero when unknown
     * @param remaining time until it expires, zero when it has; empty: it does not
     * @param stale whether it had already expired
     * @param reason {@link Reason#FOUND}, {@link Reason#LOADED}, {@link Reason#JOINED}, or why what had expired or a default was given instead
     * @param version names exactly this entry, for {@link CacheService#replace}; empty when it was not stored
     * @param contentType the media type it was stored with, if any
     */
    record Hit<V>(
            @Nullable V valueOrNull,
            Tier tier,
            Duration age,
            Optional<Duration> remaining,
            boolean stale,
            Reason reason,
            Optional<EntryVersion> version,
            Optional<String> contentType)
            implements Lookup<V> {
        @Override
        public boolean isHit() {
            return true;
        }
    }

    /**
     * There is no answer.
     *
     * @param tier the last tier asked
     * @param reason why there is none
     */
    record Absent<V>(Tier tier, Reason reason) implements Lookup<V> {
        @Override
        public boolean isHit() {
            return false;
        }

        @Override
        public @Nullable V valueOrNull() {
            return null;
        }

        @Override
        public Duration age() {
            return Duration.ZERO;
        }

        @Override
        public boolean stale() {
            return false;
        }
    }
}
