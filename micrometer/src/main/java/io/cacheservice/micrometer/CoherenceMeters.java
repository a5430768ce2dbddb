package io.cacheservice.micrometer;

import io.cacheservice.CoherenceSamples;
import io.cacheservice.CoherenceStats;
import io.cacheservice.FlushCause;
import io.cacheservice.LatencySummary;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The meters of how a service keeps the local tier coherent, all its caches together. */
final class CoherenceMeters {
    static final CoherenceStats NOTHING =
            new CoherenceStats(List.of(), 0, 0, 0, 0, 0, Map.of(), CoherenceSamples.NONE, LatencySummary.EMPTY, 0);

    private CoherenceMeters() {}

    static void bind(Meters<CoherenceStats> meters) {
        bindSamples(meters);
        bindLag(meters);
        bindProofs(meters);
        meters.counter(
                "cache.coherence.changes", Tags.empty(), "Changed keys that were reported", CoherenceStats::changes);
        meters.gauge(
                "cache.coherence.keys",
                Tags.empty(),
                null,
                "Redis keys that are being read or of which a local copy is held",
                CoherenceStats::keys);
        String refused = "Local copies that were asked for and not used";
        meters.counter("cache.coherence.refused", Tags.of("reason", "unproven"), refused, CoherenceStats::unproven);
        meters.counter("cache.coherence.refused", Tags.of("reason", "revoked"), refused, CoherenceStats::revoked);
        meters.counter(
                "cache.coherence.fills.refused",
                Tags.empty(),
                "Answers of Redis that were not kept, since their key changed on the way",
                CoherenceStats::fillsRefused);
        for (FlushCause cause : FlushCause.values()) {
            meters.counter(
                    "cache.coherence.flushes",
                    Tags.of("cause", CacheMeters.lower(cause)),
                    "How often many local copies ended at once, or lost who vouched for them",
                    stats -> stats.flushes().getOrDefault(cause, 0L));
        }
    }

    private static void bindSamples(Meters<CoherenceStats> meters) {
        String samples = "Local copies that were picked and compared with Redis, or could not be";
        meters.counter("cache.coherence.samples", Tags.of("result", "same"), samples, stats -> {
            CoherenceSamples counts = stats.samples();
            return counts.compared() - counts.stale();
        });
        meters.counter(
                "cache.coherence.samples",
                Tags.of("result", "stale"),
                samples,
                stats -> stats.samples().stale());
        meters.counter(
                "cache.coherence.samples",
                Tags.of("result", "undecided"),
                samples,
                stats -> stats.samples().undecided());
        meters.counter(
                "cache.coherence.violations",
                Tags.empty(),
                "Samples that stayed stale for longer than maxStaleness",
                stats -> stats.samples().violations());
        String nines = "Nines of sampled reads that were at most so far behind Redis";
        meters.gauge(
                "cache.coherence.nines",
                Tags.of("within", "max_staleness"),
                null,
                nines,
                stats -> stats.samples().ninesWithinMaxStaleness());
        meters.gauge(
                "cache.coherence.nines",
                Tags.of("within", "zero"),
                null,
                nines,
                stats -> stats.samples().ninesWithinZero());
        meters.gauge(
                "cache.coherence.stale",
                Tags.empty(),
                null,
                "Local copies that were found stale and can still be given to a read",
                stats -> stats.samples().staleNow());
        meters.nanosGauge(
                "cache.coherence.staleness.max",
                Tags.empty(),
                "How long the longest was stale",
                stats -> stats.samples().longest().toNanos());
    }

    private static void bindLag(Meters<CoherenceStats> meters) {
        percentile(meters, "0.5", LatencySummary::p50);
        percentile(meters, "0.99", LatencySummary::p99);
        percentile(meters, "0.999", LatencySummary::p999);
        meters.nanosGauge(
                "cache.coherence.lag.max",
                Tags.empty(),
                "The longest such time",
                stats -> stats.pushLag().max().toNanos());
        meters.counter(
                "cache.coherence.lag.samples",
                Tags.empty(),
                "Changes whose announcement was timed",
                stats -> stats.pushLag().samples());
        meters.counter(
                "cache.coherence.lag.unheard",
                Tags.empty(),
                "Such changes that were not heard for a second",
                CoherenceStats::pushesUnheard);
    }

    private static void percentile(
            Meters<CoherenceStats> meters, String phi, Function<LatencySummary, Duration> value) {
        meters.nanosGauge(
                "cache.coherence.lag.percentile",
                Tags.of("phi", phi),
                "Time from the answer to a writer until the change was heard here",
                stats -> value.apply(stats.pushLag()).toNanos());
    }

    private static void bindProofs(Meters<CoherenceStats> meters) {
        String connections = "Connections by whether they vouch for local copies";
        meters.gauge(
                "cache.coherence.connections",
                Tags.of("state", "vouching"),
                null,
                connections,
                stats -> vouching(stats));
        meters.gauge(
                "cache.coherence.connections",
                Tags.of("state", "silent"),
                null,
                connections,
                stats -> stats.connections().size() - vouching(stats));
        meters.nanosGauge(
                "cache.coherence.proof.age.max",
                Tags.empty(),
                "Age of the oldest proof of the connections that vouch",
                stats -> stats.connections().stream()
                        .flatMap(connection -> connection.heardAge().stream())
                        .mapToLong(Duration::toNanos)
                        .max()
                        .orElse(0));
    }

    private static long vouching(CoherenceStats stats) {
        return stats.connections().stream()
                .filter(connection -> connection.heardAge().isPresent())
                .count();
    }
}
