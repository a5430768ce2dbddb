package io.cacheservice.internal.engine;

import io.cacheservice.Compression;
import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Refresh;
import io.cacheservice.Tiers;
import io.cacheservice.TypeRef;
import io.cacheservice.Writes;
import io.cacheservice.WritesWhileUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What two caches of one name must have in common. Functions cannot be compared: only whether there is one counts.
 *
 * @param migratedSchemas other schemas of which entries are read
 * @param tiers never {@link Tiers#BOTH} with a {@code maxStaleness} of zero
 * @param localMaxBytes its own bound in this process; empty: it shares the service's
 * @param standardKeys the library's own key codec, if it is one of those
 */
record TypedPolicy(
        Optional<KeyCodec<?>> standardKeys,
        TypeRef<?> type,
        int codecId,
        int schema,
        Set<Integer> migratedSchemas,
        Duration ttl,
        Optional<Duration> slidingTtl,
        Optional<Duration> nullTtl,
        Tiers tiers,
        Duration maxStaleness,
        OptionalLong localMaxBytes,
        EntryFormat format,
        OnUnavailable onUnavailable,
        WritesWhileUnavailable writesWhileUnavailable,
        boolean ownRedisKeys,
        boolean hasLoader,
        boolean hasBulkLoader,
        boolean loadsOnCaller,
        boolean loadedByCallers,
        boolean hasTags,
        boolean hasWriter,
        Writes writes,
        Refresh refresh,
        Compression compression,
        LoadTimes loadTimes) {
    /** Whether what is removed can be loaded again. */
    boolean hasSource() {
        return hasLoader || hasBulkLoader || loadedByCallers;
    }

    /** The life that an entry is written with. */
    long writtenTtlMillis() {
        return slidingTtl.map(idle -> Math.min(idle.toMillis(), ttl.toMillis())).orElse(ttl.toMillis());
    }

    /** How long an entry may serve as a fallback once it has expired. */
    long fallbackMillis() {
        long windowMillis = refresh instanceof Refresh.StaleWhileRevalidate stale
                ? stale.window().toMillis()
                : 0;
        return Math.max(windowMillis, loadTimes.failSafeMillis());
    }

    /**
     * How long loads may take, how many may run, and what follows.
     *
     * @param failSafe how long an expired entry may be served where its reload fails or is slow; empty: not at all
     * @param soft how long a reader waits where there is one
     * @param hard how long he waits where there is none; empty: until the load has ended
     * @param load how long a load may take
     * @param error how long its failure is remembered; zero: not at all
     * @param most how many run at once in this process
     */
    record LoadTimes(
            Optional<Duration> failSafe,
            Optional<Duration> soft,
            Optional<Duration> hard,
            Duration load,
            Duration error,
            int most) {
        /** What holds where nobody says otherwise. */
        static final LoadTimes DEFAULTS = new LoadTimes(
                Optional.empty(),
                Optional.of(Duration.ofMillis(100)),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                64);

        LoadTimes withFailSafe(Duration window) {
            return new LoadTimes(Optional.of(window), soft, hard, load, error, most);
        }

        LoadTimes withSoft(Duration timeout) {
            return new LoadTimes(failSafe, Optional.of(timeout), hard, load, error, most);
        }

        LoadTimes withHard(Duration timeout) {
            return new LoadTimes(failSafe, soft, Optional.of(timeout), load, error, most);
        }

        LoadTimes withLoad(Duration timeout) {
            return new LoadTimes(failSafe, soft, hard, timeout, error, most);
        }

        LoadTimes withError(Duration ttl) {
            return new LoadTimes(failSafe, soft, hard, load, ttl, most);
        }

        LoadTimes withMost(int atOnce) {
            return new LoadTimes(failSafe, soft, hard, load, error, atOnce);
        }

        long failSafeMillis() {
            return failSafe.map(Duration::toMillis).orElse(0L);
        }

        /** What the loads of a cache are held to. */
        LoadPolicy loadPolicy(Optional<Duration> nullTtl, long maxStalenessNanos) {
            return new LoadPolicy(millis(nullTtl), error.toMillis(), load.toMillis(), most, maxStalenessNanos);
        }

        /** How long its readers wait. */
        <K, V> Patience<K, V> patience(
                Predicate<? super Throwable> allowsFallback, @Nullable Function<? super K, ? extends V> onError) {
            return new Patience<>(millis(soft), millis(hard), allowsFallback, onError);
        }

        private static OptionalLong millis(Optional<Duration> duration) {
            return duration.map(some -> OptionalLong.of(some.toMillis())).orElse(OptionalLong.empty());
        }
    }
}
