package io.cacheservice.server.http;

import io.cacheservice.CacheStats;
import io.cacheservice.ConnectionStats;
import io.cacheservice.LatencySummary;
import io.cacheservice.ZoneStats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes statistics as JSON members; {@code docs/http-api.md} describes them. */
final class StatsJson {
    private StatsJson() {}

    static Map<String, Object> of(CacheStats stats) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hits", named(stats.hits(), Function.identity()));
        json.put("misses", stats.misses());
        json.put("hitRatio", stats.hitRatio());
        json.put("loadSuccesses", stats.loadSuccesses());
        json.put("loadFailures", stats.loadFailures());
        json.put("loadNanos", stats.loadNanos());
        json.put("loads", loads(stats.loads()));
        json.put("compression", compression(stats.compression()));
        json.put("puts", stats.puts());
        json.put("removals", stats.removals());
        json.put("undecodable", stats.undecodable());
        json.put("migrated", stats.migrated());
        json.put("evictions", named(stats.evictions(), Function.identity()));
        json.put("evictedBytes", stats.evictedBytes());
        json.put("localEntries", stats.localEntries());
        json.put("localBytes", stats.localBytes());
        json.put("localMaxBytes", stats.localMaxBytes());
        json.put("errors", named(stats.errors(), Function.identity()));
        json.put("latencies", named(stats.latencies(), StatsJson::latency));
        json.put("journaled", stats.journaled());
        json.put(
                "connections",
                stats.connections().stream().map(StatsJson::connection).toList());
        Map<String, Object> caches = new TreeMap<>();
        stats.caches().forEach((name, cache) -> caches.put(name, of(cache)));
        json.put("caches", caches);
        return json;
    }

    /** Of the service as a whole, with its zones. */
    static Map<String, Object> of(CacheStats stats, List<ZoneStats> zones) {
        Map<String, Object> json = of(stats);
        json.put("zones", zones.stream().map(StatsJson::zone).toList());
        return json;
    }

    private static Map<String, Object> zone(ZoneStats zone) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", zone.name());
        json.put("near", zone.near());
        json.put("trusted", zone.trusted());
        json.put("owed", zone.owed());
        return json;
    }

    /** Members under the names of constants, in their order. */
    static <E extends Enum<E>, T> Map<String, Object> named(Map<E, T> values, Function<T, ?> toJson) {
        Map<String, Object> named = new LinkedHashMap<>();
        List<E> names = values.keySet().stream().sorted().toList();
        for (E name : names) {
            T value = values.get(name);
            if (value != null) {
                named.put(name.name().toLowerCase(Locale.ROOT), toJson.apply(value));
            }
        }
        return named;
    }

    private static Map<String, Object> loads(CacheStats.LoadStats loads) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("joined", loads.joined());
        json.put("leasesGranted", loads.leasesGranted());
        json.put("leasesHeld", loads.leasesHeld());
        json.put("leasesRefused", loads.leasesRefused());
        json.put("fillsRefused", loads.fillsRefused());
        json.put("duplicates", loads.duplicates());
        json.put("late", loads.late());
        json.put("shed", loads.shed());
        json.put("refreshes", loads.refreshes());
        json.put("refreshesLeft", loads.refreshesLeft());
        json.put("refreshesShed", loads.refreshesShed());
        json.put("refreshesWasted", loads.refreshesWasted());
        json.put("refreshLead", lead(loads.refreshLead()));
        json.put("stale", named(loads.stale(), Function.identity()));
        return json;
    }

    private static Map<String, Object> compression(CacheStats.CompressionStats compression) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("compressed", compression.compressed());
        json.put("leftAsTheyWere", compression.leftAsTheyWere());
        json.put("plainBytes", compression.plainBytes());
        json.put("storedBytes", compression.storedBytes());
        json.put("ratio", compression.ratio());
        json.put("compressNanos", compression.compressNanos());
        json.put("decompressNanos", compression.decompressNanos());
        json.put("unknownDictionary", compression.unknownDictionary());
        json.put("trained", compression.trained());
        json.put("trainingNanos", compression.trainingNanos());
        return json;
    }

    static Map<String, Object> latency(LatencySummary latency) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("samples", latency.samples());
        json.put("p50Nanos", latency.p50().toNanos());
        json.put("p99Nanos", latency.p99().toNanos());
        json.put("p999Nanos", latency.p999().toNanos());
        json.put("maxNanos", latency.max().toNanos());
        return json;
    }

    private static Map<String, Object> lead(LatencySummary lead) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("samples", lead.samples());
        json.put("p50Millis", lead.p50().toMillis());
        json.put("p99Millis", lead.p99().toMillis());
        json.put("p999Millis", lead.p999().toMillis());
        json.put("maxMillis", lead.max().toMillis());
        return json;
    }

    private static Map<String, Object> connection(ConnectionStats connection) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", connection.name());
        json.put("state", connection.state().name().toLowerCase(Locale.ROOT));
        json.put("pending", connection.pending());
        json.put("opened", connection.opened());
        json.put("lastError", connection.lastError());
        return json;
    }
}
