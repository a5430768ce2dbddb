package io.cacheservice.internal.stats;

import io.cacheservice.CacheStats;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ErrorKind;
import io.cacheservice.EvictionCause;
import io.cacheservice.LatencySummary;
import io.cacheservice.Operation;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The counts of one recorder at one moment, or the sum of several. For one thread. */
final class Tally {
    long localHits;
    long remoteHits;
    long replicaHits;
    long misses;
    long undecodable;
    long migrated;
    long puts;
    long removals;
    long loadSuccesses;
    long loadFailures;
    long loadNanos;
    long joinedLoads;
    long leasesGranted;
    long leasesHeld;
    long leasesRefused;
    long fillsRefused;
    long duplicateLoads;
    long lateLoads;
    long shedLoads;
    long refreshes;
    long refreshesLeft;
    long refreshesShed;
    long refreshesWasted;
    long evictedBytes;
    final Histogram refreshLeads = new LatencyHistogram(TimeUnit.MILLISECONDS).copy();
    long compressed;
    long leftAsTheyWere;
    long plainBytes;
    long storedBytes;
    long compressNanos;
    long decompressNanos;
    long unknownDictionary;
    long trained;
    long trainingNanos;
    final Map<Reason, Long> stale = new EnumMap<>(Reason.class);
    final Map<EvictionCause, Long> evictions = new EnumMap<>(EvictionCause.class);
    final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    final Map<Operation, Histogram> latencies = new EnumMap<>(Operation.class);

    /** Counts are added and histograms merged: percentiles of the sum are of all samples, never an average. */
    void add(Tally other) {
        localHits += other.localHits;
        remoteHits += other.remoteHits;
        replicaHits += other.replicaHits;
        misses += other.misses;
        undecodable += other.undecodable;
        migrated += other.migrated;
        puts += other.puts;
        removals += other.removals;
        loadSuccesses += other.loadSuccesses;
        loadFailures += other.loadFailures;
        loadNanos += other.loadNanos;
        addLoads(other);
        addCompression(other);
        evictedBytes += other.evictedBytes;
        other.evictions.forEach((cause, count) -> evictions.merge(cause, count, Long::sum));
        other.errors.forEach((kind, count) -> errors.merge(kind, count, Long::sum));
        other.latencies.forEach((operation, histogram) -> latencies.merge(operation, histogram, Tally::merged));
    }

    private void addCompression(Tally other) {
        compressed += other.compressed;
        leftAsTheyWere += other.leftAsTheyWere;
        plainBytes += other.plainBytes;
        storedBytes += other.storedBytes;
        compressNanos += other.compressNanos;
        decompressNanos += other.decompressNanos;
        unknownDictionary += other.unknownDictionary;
        trained += other.trained;
        trainingNanos += other.trainingNanos;
    }

    private void addLoads(Tally other) {
        joinedLoads += other.joinedLoads;
        leasesGranted += other.leasesGranted;
        leasesHeld += other.leasesHeld;
        leasesRefused += other.leasesRefused;
        fillsRefused += other.fillsRefused;
        duplicateLoads += other.duplicateLoads;
        lateLoads += other.lateLoads;
        shedLoads += other.shedLoads;
        refreshes += other.refreshes;
        refreshesLeft += other.refreshesLeft;
        refreshesShed += other.refreshesShed;
        refreshesWasted += other.refreshesWasted;
        refreshLeads.add(other.refreshLeads);
        other.stale.forEach((reason, count) -> stale.merge(reason, count, Long::sum));
    }

    /** The snapshot, with the given state of now. */
    CacheStats toStats(
            String name,
            LocalUsage local,
            int journaled,
            List<ConnectionStats> connections,
            Map<String, CacheStats> caches) {
        return new CacheStats(
                name,
                Map.of(Tier.LOCAL, localHits, Tier.REMOTE, remoteHits, Tier.REPLICA, replicaHits),
                misses,
                loadSuccesses,
                loadFailures,
                loadNanos,
                loads(),
                compression(),
                puts,
                removals,
                undecodable,
                migrated,
                evictions,
                evictedBytes,
                local.entries(),
                local.bytes(),
                local.maxBytes(),
                errors,
                summaries(),
                journaled,
                connections,
                caches);
    }

    private CacheStats.CompressionStats compression() {
        return new CacheStats.CompressionStats(
                compressed,
                leftAsTheyWere,
                plainBytes,
                storedBytes,
                compressNanos,
                decompressNanos,
                unknownDictionary,
                trained,
                trainingNanos);
    }

    private CacheStats.LoadStats loads() {
        return new CacheStats.LoadStats(
                joinedLoads,
                leasesGranted,
                leasesHeld,
                leasesRefused,
                fillsRefused,
                duplicateLoads,
                lateLoads,
                shedLoads,
                refreshes,
                refreshesLeft,
                refreshesShed,
                refreshesWasted,
                LatencyHistogram.summary(refreshLeads, TimeUnit.MILLISECONDS),
                stale);
    }

    private Map<Operation, LatencySummary> summaries() {
        Map<Operation, LatencySummary> summaries = new EnumMap<>(Operation.class);
        latencies.forEach((operation, histogram) ->
                summaries.put(operation, LatencyHistogram.summary(histogram, TimeUnit.NANOSECONDS)));
        return summaries;
    }

    private static Histogram merged(Histogram one, Histogram other) {
        // A third histogram: the given ones may belong to another tally.
        Histogram sum = one.copy();
        sum.add(other);
        return sum;
    }
}
