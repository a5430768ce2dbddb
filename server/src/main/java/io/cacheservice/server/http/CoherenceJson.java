package io.cacheservice.server.http;

import io.cacheservice.CoherenceSamples;
import io.cacheservice.CoherenceStats;
import io.cacheservice.ListeningConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Writes how the local tier is kept coherent as JSON members; {@code docs/http-api.md} describes them. */
final class CoherenceJson {
    private CoherenceJson() {}

    /** @param maxStaleness as it is set */
    static Map<String, Object> of(CoherenceStats stats, Duration maxStaleness) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("maxStalenessMillis", maxStaleness.toMillis());
        json.put("ninesWithinMaxStaleness", stats.samples().ninesWithinMaxStaleness());
        json.put("ninesWithinZero", stats.samples().ninesWithinZero());
        json.put("samples", samples(stats.samples()));
        json.put("pushLag", StatsJson.latency(stats.pushLag()));
        json.put("pushesUnheard", stats.pushesUnheard());
        json.put("keys", stats.keys());
        json.put("changes", stats.changes());
        json.put("unproven", stats.unproven());
        json.put("revoked", stats.revoked());
        json.put("fillsRefused", stats.fillsRefused());
        json.put("flushes", StatsJson.named(stats.flushes(), Function.identity()));
        json.put(
                "connections",
                stats.connections().stream().map(CoherenceJson::connection).toList());
        return json;
    }

    private static Map<String, Object> samples(CoherenceSamples samples) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("compared", samples.compared());
        json.put("undecided", samples.undecided());
        json.put("stale", samples.stale());
        json.put("violations", samples.violations());
        json.put("staleNow", samples.staleNow());
        json.put("staleness", StatsJson.latency(samples.staleness()));
        json.put("longestNanos", samples.longest().toNanos());
        return json;
    }

    private static Map<String, Object> connection(ListeningConnection connection) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", connection.name());
        connection.heardAge().ifPresent(age -> json.put("heardAgeNanos", age.toNanos()));
        json.put("doubt", connection.doubt());
        json.put("flushes", connection.flushes());
        json.put("losses", connection.losses());
        return json;
    }
}
