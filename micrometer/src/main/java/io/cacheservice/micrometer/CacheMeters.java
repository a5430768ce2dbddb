package io.cacheservice.micrometer;

import io.cacheservice.CacheStats;
import io.cacheservice.ErrorKind;
import io.cacheservice.EvictionCause;
import io.cacheservice.LatencySummary;
import io.cacheservice.Operation;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one cache.
 *
 * <p>The names that Micrometer binds for every cache keep exactly its tags, {@code cache} and {@code result}: a registry
 * such as Prometheus takes one set of tags per name, and other caches of the program are in it too. What is told apart
 * further, by tier or cause, therefore has a name of its own.
 */
final class CacheMeters {
    private CacheMeters() {}

    /** What Micrometer binds for every cache. */
    static void bindCommon(Meters<CacheStats> meters) {
        meters.gauge("cache.size", Tags.empty(), null, "Entries in the local tier", CacheStats::localEntries);
        String gets = "Reads that a tier answered (hit) or none could (miss)";
        meters.counter("cache.gets", Tags.of("result", "hit"), gets, CacheStats::hitCount);
        meters.counter("cache.gets", Tags.of("result", "miss"), gets, CacheStats::misses);
        meters.counter("cache.puts", Tags.empty(), "Values stored by callers or loads", CacheStats::puts);
        meters.counter(
                "cache.evictions",
                Tags.empty(),
                "Entries that left the local tier by themselves",
                CacheMeters::evictions);
    }

    /** What this project adds. */
    static void bindOwn(Meters<CacheStats> meters) {
        for (Tier tier : List.of(Tier.LOCAL, Tier.REMOTE, Tier.REPLICA)) {
            meters.counter(
                    "cache.hits",
                    tag("tier", tier),
                    "Reads by the tier that answered",
                    stats -> stats.hits().getOrDefault(tier, 0L));
        }
        meters.counter(
                "cache.undecodable",
                Tags.empty(),
                "Misses because bytes could not be decoded",
                CacheStats::undecodable);
        meters.counter(
                "cache.migrated",
                Tags.empty(),
                "Hits of Redis whose entry has another schema and was read by a migration",
                CacheStats::migrated);
        meters.counter("cache.removals", Tags.empty(), "Removals and invalidations", CacheStats::removals);
        bindLoads(meters);
        bindRefreshes(meters);
        bindCompression(meters);
        bindLocalTier(meters);
        for (ErrorKind kind : ErrorKind.values()) {
            meters.counter(
                    "cache.errors",
                    tag("kind", kind),
                    "Failed calls",
                    stats -> stats.errors().getOrDefault(kind, 0L));
        }
        for (Operation operation : Operation.values()) {
            bindLatency(meters, operation);
        }
        meters.gauge("cache.journaled", Tags.empty(), null, "Invalidations that wait for Redis", CacheStats::journaled);
    }

    static long evictions(CacheStats stats) {
        return stats.evictions().values().stream().mapToLong(Long::longValue).sum();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void bindLoads(Meters<CacheStats> meters) {
        String loads = "Loads that gave an answer (success) or failed (failure)";
        meters.counter("cache.load", Tags.of("result", "success"), loads, CacheStats::loadSuccesses);
        meters.counter("cache.load", Tags.of("result", "failure"), loads, CacheStats::loadFailures);
        meters.nanosGauge("cache.load.duration", Tags.empty(), "Time spent in loads", CacheStats::loadNanos);
        meters.counter(
                "cache.load.joined",
                Tags.empty(),
                "Reads that waited for a load that ran in this process already",
                stats -> stats.loads().joined());
        String leases =
                "Keys that Redis gave this process the right to load (granted), another process had it (held), or"
                        + " nobody got it (refused)";
        meters.counter(
                "cache.load.leases",
                Tags.of("result", "granted"),
                leases,
                stats -> stats.loads().leasesGranted());
        meters.counter(
                "cache.load.leases",
                Tags.of("result", "held"),
                leases,
                stats -> stats.loads().leasesHeld());
        meters.counter(
                "cache.load.leases",
                Tags.of("result", "refused"),
                leases,
                stats -> stats.loads().leasesRefused());
        meters.counter(
                "cache.load.fills.refused",
                Tags.empty(),
                "Results not stored, since their key was written, removed or invalidated meanwhile",
                stats -> stats.loads().fillsRefused());
        meters.counter(
                "cache.load.duplicates",
                Tags.empty(),
                "Of them, those in whose place another load's result was found",
                stats -> stats.loads().duplicates());
        meters.counter(
                "cache.load.late",
                Tags.empty(),
                "Answers of loaders that came after loadTimeout and were dropped",
                stats -> stats.loads().late());
        meters.counter(
                "cache.loads.shed",
                Tags.empty(),
                "Loads that were refused, since maxLoads of the cache were running and too many waited",
                stats -> stats.loads().shed());
    }

    private static void bindRefreshes(Meters<CacheStats> meters) {
        meters.counter(
                "cache.refreshes",
                Tags.empty(),
                "Loads that nobody waited for",
                stats -> stats.loads().refreshes());
        meters.counter(
                "cache.refreshes.left",
                Tags.empty(),
                "Of them, those left to another process that reloads the key",
                stats -> stats.loads().refreshesLeft());
        meters.counter(
                "cache.refreshes.shed",
                Tags.empty(),
                "Loads that nobody would have waited for, left out since too many of them were running",
                stats -> stats.loads().refreshesShed());
        meters.counter(
                "cache.refreshes.wasted",
                Tags.empty(),
                "Results of refreshes that ended before this process read them",
                stats -> stats.loads().refreshesWasted());
        bindLead(meters);
        for (Reason reason : Reason.values()) {
            if (reason.isStale()) {
                meters.counter(
                        "cache.stale",
                        tag("reason", reason),
                        "Expired entries that were given to readers",
                        stats -> stats.loads().stale().getOrDefault(reason, 0L));
            }
        }
    }

    private static void bindCompression(Meters<CacheStats> meters) {
        String values = "Values stored with fewer bytes (compressed) or as they are (plain)";
        meters.counter(
                "cache.compression.values",
                Tags.of("stored", "compressed"),
                values,
                stats -> stats.compression().compressed());
        meters.counter(
                "cache.compression.values",
                Tags.of("stored", "plain"),
                values,
                stats -> stats.compression().leftAsTheyWere());
        String bytes = "Bytes of compressed values, before and after";
        meters.counter(
                "cache.compression.bytes",
                Tags.of("state", "before"),
                bytes,
                stats -> stats.compression().plainBytes());
        meters.counter(
                "cache.compression.bytes",
                Tags.of("state", "after"),
                bytes,
                stats -> stats.compression().storedBytes());
        String time = "Time spent, estimated from one value in 16, and in training dictionaries";
        meters.nanosGauge(
                "cache.compression.time",
                Tags.of("work", "compress"),
                time,
                stats -> stats.compression().compressNanos());
        meters.nanosGauge(
                "cache.compression.time",
                Tags.of("work", "decompress"),
                time,
                stats -> stats.compression().decompressNanos());
        meters.nanosGauge(
                "cache.compression.time",
                Tags.of("work", "train"),
                time,
                stats -> stats.compression().trainingNanos());
        meters.counter(
                "cache.compression.dictionaries",
                Tags.empty(),
                "Dictionaries that this process trained and all use",
                stats -> stats.compression().trained());
        meters.counter(
                "cache.compression.dictionaries.unknown",
                Tags.empty(),
                "Misses because of a dictionary that could not be had",
                stats -> stats.compression().unknownDictionary());
    }

    private static void bindLead(Meters<CacheStats> meters) {
        String description = "How long before their end entries were replaced by refreshes since the cache was opened";
        lead(meters, "cache.refresh.lead.percentile", Tags.of("phi", "0.5"), description, LatencySummary::p50);
        lead(meters, "cache.refresh.lead.percentile", Tags.of("phi", "0.99"), description, LatencySummary::p99);
        lead(meters, "cache.refresh.lead.percentile", Tags.of("phi", "0.999"), description, LatencySummary::p999);
        lead(meters, "cache.refresh.lead.max", Tags.empty(), description, LatencySummary::max);
        meters.counter(
                "cache.refresh.lead.samples",
                Tags.empty(),
                "Entries that were replaced by refreshes that began in their lives",
                stats -> stats.loads().refreshLead().samples());
    }

    private static void lead(
            Meters<CacheStats> meters,
            String name,
            Tags tags,
            String description,
            Function<LatencySummary, Duration> value) {
        meters.nanosGauge(
                name,
                tags,
                description,
                stats -> value.apply(stats.loads().refreshLead()).toNanos());
    }

    private static void bindLocalTier(Meters<CacheStats> meters) {
        for (EvictionCause cause : EvictionCause.values()) {
            meters.counter(
                    "cache.evictions.by.cause",
                    tag("cause", cause),
                    "Entries that left the local tier by themselves, by cause",
                    stats -> stats.evictions().getOrDefault(cause, 0L));
        }
        meters.counter("cache.eviction.weight", Tags.empty(), "Bytes evicted for room", CacheStats::evictedBytes);
        meters.gauge("cache.memory.used", Tags.empty(), "bytes", "Bytes in the local tier", CacheStats::localBytes);
    }

    private static void bindLatency(Meters<CacheStats> meters, Operation operation) {
        String description = "Latency of all sampled operations since the cache was opened";
        Tags tags = tag("operation", operation);
        percentile(meters, tags.and("phi", "0.5"), description, operation, LatencySummary::p50);
        percentile(meters, tags.and("phi", "0.99"), description, operation, LatencySummary::p99);
        percentile(meters, tags.and("phi", "0.999"), description, operation, LatencySummary::p999);
        meters.nanosGauge("cache.latency.max", tags, description, nanos(operation, LatencySummary::max));
        meters.counter(
                "cache.latency.samples",
                tags,
                "Operations whose latency was measured",
                stats -> summary(stats, operation).samples());
    }

    private static void percentile(
            Meters<CacheStats> meters,
            Tags tags,
            String description,
            Operation operation,
            Function<LatencySummary, Duration> value) {
        meters.nanosGauge("cache.latency.percentile", tags, description, nanos(operation, value));
    }

    private static ToDoubleFunction<CacheStats> nanos(Operation operation, Function<LatencySummary, Duration> value) {
        return stats -> value.apply(summary(stats, operation)).toNanos();
    }

    private static LatencySummary summary(CacheStats stats, Operation operation) {
        return stats.latencies().getOrDefault(operation, LatencySummary.EMPTY);
    }

    private static Tags tag(String key, Enum<?> value) {
        return Tags.of(key, lower(value));
    }
}
