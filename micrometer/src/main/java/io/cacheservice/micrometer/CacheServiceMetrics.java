package io.cacheservice.micrometer;

import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.CoherenceStats;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ZoneStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Binds a {@link CacheService} to a registry: its byte entries (tag {@code cache} = {@value #BYTE_ENTRIES}), its typed
 * caches under their names, those opened after the binding too, its local tier, its connections, and over a Redis how the
 * local tier is kept coherent.
 *
 * <p>Names are those that Micrometer gives to every cache ({@code cache.gets{result=hit|miss}}, {@code cache.puts}, {@code
 * cache.evictions}, {@code cache.size}) and to Caffeine ({@code cache.load}, {@code cache.load.duration}, {@code
 * cache.eviction.weight}); the others follow them. Latencies are percentiles since a cache was opened and cannot be added
 * up over processes. All numbers of a reading come from one snapshot, at most 100 ms old.
 *
 * <p>Give each service of a program tags of its own if there are several. The registry holds the service weakly; after its
 * end the last numbers stay. Safe for use by many threads.
 */
public final class CacheServiceMetrics implements MeterBinder {
    /** The value of the tag {@code cache} for the service's byte entries; no typed cache can have this name. */
    public static final String BYTE_ENTRIES = "(bytes)";

    private final CacheService service;
    private final Tags tags;

    /** The meters of {@code service}. */
    public CacheServiceMetrics(CacheService service) {
        this(service, Tags.empty());
    }

    /** The meters of {@code service}, each with {@code tags}. */
    public CacheServiceMetrics(CacheService service, Iterable<Tag> tags) {
        this.service = service;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        StatsSource<CacheService, CacheStats> source =
                new StatsSource<>(service, CacheService::stats, StatsSource.NOTHING, System::nanoTime);
        bindService(new Meters<>(registry, tags, service, source::stats));
        if (service.config().hasRedis()) {
            StatsSource<CacheService, CoherenceStats> coherence =
                    new StatsSource<>(service, CacheService::coherence, CoherenceMeters.NOTHING, System::nanoTime);
            CoherenceMeters.bind(new Meters<>(registry, tags, service, coherence::stats));
            StatsSource<CacheService, List<ZoneStats>> zones =
                    new StatsSource<>(service, CacheService::zones, List.of(), System::nanoTime);
            service.config().zoneNames().forEach(name -> bindZone(registry, zones, name));
        }
        bindCache(registry, source, "");
        service.onCacheOpened(name -> bindCache(registry, source, name));
    }

    private void bindZone(MeterRegistry registry, StatsSource<CacheService, List<ZoneStats>> zones, String name) {
        Meters<Optional<ZoneStats>> meters = new Meters<>(
                registry,
                tags.and("zone", name),
                service,
                () -> zones.stats().stream()
                        .filter(zone -> zone.name().equals(name))
                        .findFirst());
        meters.gauge(
                "cache.service.zone.trusted",
                Tags.empty(),
                null,
                "1: what the zone answers is believed; 0: it has missed changes",
                zone -> zone.filter(ZoneStats::trusted).isPresent() ? 1 : 0);
        meters.gauge(
                "cache.service.zone.owed",
                Tags.empty(),
                null,
                "Removals that wait for the zone",
                zone -> zone.map(ZoneStats::owed).orElse(0));
    }

    private void bindCache(MeterRegistry registry, StatsSource<CacheService, CacheStats> source, String name) {
        Tags named = tags.and("cache", name.isEmpty() ? BYTE_ENTRIES : name);
        Meters<CacheStats> meters = new Meters<>(
                registry, named, service, () -> source.stats().caches().getOrDefault(name, StatsSource.NOTHING));
        CacheMeters.bindCommon(meters);
        CacheMeters.bindOwn(meters);
    }

    static void bindService(Meters<CacheStats> meters) {
        meters.gauge(
                "cache.service.memory.used", Tags.empty(), "bytes", "Bytes in the local tier", CacheStats::localBytes);
        meters.gauge(
                "cache.service.memory.max",
                Tags.empty(),
                "bytes",
                "The bound of the local tier; 0: there is none",
                CacheStats::localMaxBytes);
        for (ConnectionStats.State state : ConnectionStats.State.values()) {
            meters.gauge(
                    "cache.service.connections",
                    Tags.of("state", CacheMeters.lower(state)),
                    null,
                    "Connections to Redis by state",
                    stats -> stats.connections().stream()
                            .filter(connection -> connection.state() == state)
                            .count());
        }
        meters.gauge(
                "cache.service.connections.pending",
                Tags.empty(),
                null,
                "Commands that wait for an answer of Redis",
                stats -> sum(stats.connections(), ConnectionStats::pending));
        meters.counter(
                "cache.service.connections.opened",
                Tags.empty(),
                "How often connections to Redis were opened",
                stats -> sum(stats.connections(), ConnectionStats::opened));
    }

    private static long sum(List<ConnectionStats> connections, ToLongFunction<ConnectionStats> number) {
        return connections.stream().mapToLong(number).sum();
    }
}
