package io.cacheservice;

import java.util.List;
import java.util.Map;

/**
 * What a cache, or all caches of a service together, have done since they were opened: one immutable snapshot.
 *
 * <p>Hits and misses are exact. A call counts once: as a hit of the tier that answered it, or as a miss. Loads are counted
 * beside, not as hits.
 *
 * @param name the cache's name; empty for the service as a whole, and for its own byte entries
 * @param hits reads answered by each tier ({@link Tier#LOCAL}, {@link Tier#REMOTE}, {@link Tier#REPLICA})
 * @param misses reads that no tier could answer
 * @param loadSuccesses loads that gave an answer, "no value" included
 * @param loadFailures loads that failed
 * @param loadNanos time spent in loads
 * @param loads what else was counted of loads
 * @param compression what making values shorter for Redis took and saved
 * @param puts values stored by callers or loads
 * @param removals removals and invalidations
 * @param undecodable misses among {@code misses} because bytes could not be decoded
 * @param migrated hits of Redis among {@code hits} whose entry has another schema and was read by a {@link CacheBuilder#migrate
 *     migration}
 * @param evictions entries that left the local tier, by cause
 * @param evictedBytes bytes of entries evicted for room
 * @param localEntries entries in the local tier now
 * @param localBytes bytes counted for them
 * @param localMaxBytes the bound of the local tier now, which is less than is set while the heap has little room left; zero
 *     when there is none
 * @param errors failed calls by kind
 * @param latencies sampled latencies
 * @param journaled invalidations waiting for Redis now
 * @param connections the connections to Redis; empty for a single cache
 * @param caches snapshots of the single caches by name; empty for a single cache
 */
public record CacheStats(
        String name,
        Map<Tier, Long> hits,
        long misses,
        long loadSuccesses,
        long loadFailures,
        long loadNanos,
        LoadStats loads,
        CompressionStats compression,
        long puts,
        long removals,
        long undecodable,
        long migrated,
        Map<EvictionCause, Long> evictions,
        long evictedBytes,
        long localEntries,
        long localBytes,
        long localMaxBytes,
        Map<ErrorKind, Long> errors,
        Map<Operation, LatencySummary> latencies,
        int journaled,
        List<ConnectionStats> connections,
        Map<String, CacheStats> caches) {
    /** Copies the maps and lists. */
    public CacheStats {
        hits = Map.copyOf(hits);
        evictions = Map.copyOf(evictions);
        errors = Map.copyOf(errors);
        latencies = Map.copyOf(latencies);
        connections = List.copyOf(connections);
        caches = Map.copyOf(caches);
    }

    /**
     * How loads were shared, bounded and judged.
     *
     * @param joined reads that waited for a load that ran in this process already
     * @param leasesGranted how often Redis gave this process the right to load a key, refreshes included
     * @param leasesHeld how often another process had that right, so that its result was waited for
     * @param leasesRefused how often Redis gave it to nobody: the entry that a load was to replace was there no more, a load
     *     by another process had failed a moment ago, or Redis could not be asked, so that the result was not to be stored
     * @param fillsRefused results that were not stored, since their key was written, removed or invalidated meanwhile, or
     *     their lease had ended
     * @param duplicates results among {@code fillsRefused} in whose place this process then found what another load had
     *     given: two loads of one key had overlapped, as they do when a lease ends before its load. What was read or
     *     replaced before it was looked at is not seen
     * @param late answers of loaders that came after {@code loadTimeout} and were dropped
     * @param shed loads that were refused, since {@code maxLoads} of the cache were running and too many waited
     * @param refreshes loads that nobody waited for
     * @param refreshesLeft those among them that ended at once, for another process reloads the key, or has
     * @param refreshesShed loads that nobody would have waited for, left out since too many of them were running, or callers
     *     were waiting for a place at the source
     * @param refreshesWasted results of refreshes that ended before a read of this process was answered with them: expired,
     *     replaced, removed or evicted. In this process's memory each is counted, when it leaves. In Redis each is counted
     *     at its end by time, or when this process stores or removes its key; who else reads it, or ends it, is not known, so
     *     that of what many processes share some were read elsewhere. There up to 10,000 unread ones of a cache are followed
     *     at once, and none without an end
     * @param refreshLead how long before the end of its life an entry was replaced by a refresh, to the millisecond; of every
     *     refresh that began in its life, zero when it had ended by then. Not of entries without an end
     * @param stale expired entries that were given to readers, by {@link Reason#isStale reason}
     */
    public record LoadStats(
            long joined,
            long leasesGranted,
            long leasesHeld,
            long leasesRefused,
            long fillsRefused,
            long duplicates,
            long late,
            long shed,
            long refreshes,
            long refreshesLeft,
            long refreshesShed,
            long refreshesWasted,
            LatencySummary refreshLead,
            Map<Reason, Long> stale) {
        /** Nothing was counted. */
        public static final LoadStats NONE =
                new LoadStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, LatencySummary.EMPTY, Map.of());

        /** Copies the map. */
        public LoadStats {
            stale = Map.copyOf(stale);
        }

        /** Expired entries that were given to readers. */
        public long staleCount() {
            return stale.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * What making values shorter for Redis took and saved in this process. A value counts once for each time it was to be stored.
     *
     * @param compressed values that were stored with fewer bytes
     * @param leftAsTheyWere values that were stored as they are: too short, not made shorter, or not worth the try
     * @param plainBytes of those compressed, before
     * @param storedBytes of those compressed, after
     * @param compressNanos time spent compressing, those tries included that made nothing shorter; estimated from one in 16
     * @param decompressNanos time spent decompressing; estimated likewise
     * @param unknownDictionary misses because of a dictionary that is there no more or could not be had
     * @param trained dictionaries that this process trained and all use
     * @param trainingNanos time spent training, also what came to nothing
     */
    public record CompressionStats(
            long compressed,
            long leftAsTheyWere,
            long plainBytes,
            long storedBytes,
            long compressNanos,
            long decompressNanos,
            long unknownDictionary,
            long trained,
            long trainingNanos) {
        /** Nothing was counted. */
        public static final CompressionStats NONE = new CompressionStats(0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** Bytes that Redis need not keep. */
        public long savedBytes() {
            return plainBytes - storedBytes;
        }

        /** How many times as long the values were as what was stored of them; 1 where none was compressed. */
        public double ratio() {
            return storedBytes == 0 ? 1 : (double) plainBytes / storedBytes;
        }
    }

    /** Hits of all tiers. */
    public long hitCount() {
        return hits.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Hits and misses. */
    public long requestCount() {
        return hitCount() + misses;
    }

    /** Hits as a share of requests; 1 when there were none. */
    public double hitRatio() {
        long requests = requestCount();
        return requests == 0 ? 1.0 : (double) hitCount() / requests;
    }

    /** Failed calls of all kinds. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
