package io.cacheservice;

import java.util.List;

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
 */
public record CoherenceStats(
        List<ListeningConnection> connections,
        long keys,
        long changes,
        long unproven,
        long revoked,
        long fillsRefused) {
    /** Copies the list. */
    public CoherenceStats {
        connections = List.copyOf(connections);
    }
}
