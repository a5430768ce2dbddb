package io.cacheservice;

import java.util.List;
import java.util.Map;

/**
 * How the local tier in front of Redis is kept coherent: what {@link CacheService#coherence} answers. Immutable; counts are
 * since the service was opened.
 *
 * @param connections the connections that hear of changes; empty without a Redis
 * @param keys Redis keys that are being read at this moment or of which a local copy is held
 * @param changes changed keys that were reported, by Redis and by this service's own writes
 * @param unproven local copies that were asked for and not used, since they were older than {@code maxStaleness} and their
 *     connection vouched for nothing as new
 * @param revoked local copies that were asked for and not used, since their server was flushed or their slot moved
 * @param fillsRefused answers of Redis that were not kept, since their key changed while they were on their way
 * @param flushes how often many copies ended at once, or lost who vouched for them, by cause; causes that never came are
 *     left out
 * @param samples local copies that were compared with Redis; nothing where {@code coherenceSampleInterval} is {@code none}
 * @param pushLag how long after a writer had its answer the change was heard here, measured with a key of the service's own
 *     every {@code coherenceSampleInterval} while local copies are held
 * @param pushesUnheard such changes that were not heard for a second
 */
public record CoherenceStats(
        List<ListeningConnection> connections,
        long keys,
        long changes,
        long unproven,
        long revoked,
        long fillsRefused,
        Map<FlushCause, Long> flushes,
        CoherenceSamples samples,
        LatencySummary pushLag,
        long pushesUnheard) {
    /** Copies list and map. */
    public CoherenceStats {
        connections = List.copyOf(connections);
        flushes = Map.copyOf(flushes);
    }
}
