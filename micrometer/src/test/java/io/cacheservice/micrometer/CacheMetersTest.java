package io.cacheservice.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheservice.CacheStats;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CacheMetersTest {
    private final Object measured = new Object();
    private final StatsSource<Object, CacheStats> source =
            new StatsSource<>(measured, any -> Samples.withPuts(8), StatsSource.NOTHING, System::nanoTime);
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void theCommonMetersHaveMicrometersNamesAndTags() {
        bindTo(registry);

        assertThat(gauge("cache.size")).isEqualTo(14);
        assertThat(counter("cache.gets", "result", "hit")).isEqualTo(3);
        assertThat(counter("cache.gets", "result", "miss")).isEqualTo(4);
        assertThat(counter("cache.puts")).isEqualTo(8);
        assertThat(counter("cache.evictions")).isEqualTo(23);
        assertThat(counter("cache.load", "result", "success")).isEqualTo(5);
        assertThat(counter("cache.load", "result", "failure")).isEqualTo(6);
        assertThat(gauge("cache.load.duration")).isEqualTo(7);
        assertThat(counter("cache.eviction.weight")).isEqualTo(13);
    }

    @Test
    void theOthersTellTiersCausesAndKindsApart() {
        bindTo(registry);

        assertThat(counter("cache.hits", "tier", "local")).isEqualTo(1);
        assertThat(counter("cache.hits", "tier", "remote")).isEqualTo(2);
        assertThat(counter("cache.evictions.by.cause", "cause", "expired")).isEqualTo(11);
        assertThat(counter("cache.evictions.by.cause", "cause", "size")).isEqualTo(12);
        assertThat(counter("cache.errors", "kind", "timeout")).isEqualTo(17);
        assertThat(counter("cache.errors", "kind", "connection")).isZero();
        assertThat(counter("cache.removals")).isEqualTo(9);
        assertThat(counter("cache.undecodable")).isEqualTo(10);
        assertThat(counter("cache.migrated")).isEqualTo(50);
        assertThat(gauge("cache.memory.used")).isEqualTo(15);
        assertThat(gauge("cache.journaled")).isEqualTo(23);
    }

    @Test
    void loadsAreToldApartByHowTheyEnded() {
        bindTo(registry);

        assertThat(counter("cache.load.joined")).isEqualTo(31);
        assertThat(counter("cache.load.leases", "result", "granted")).isEqualTo(32);
        assertThat(counter("cache.load.leases", "result", "held")).isEqualTo(33);
        assertThat(counter("cache.load.leases", "result", "refused")).isEqualTo(34);
        assertThat(counter("cache.load.fills.refused")).isEqualTo(35);
        assertThat(counter("cache.load.duplicates")).isEqualTo(36);
        assertThat(counter("cache.load.late")).isEqualTo(37);
        assertThat(counter("cache.refreshes")).isEqualTo(38);
        assertThat(counter("cache.refreshes.left")).isEqualTo(41);
        assertThat(counter("cache.refreshes.shed")).isEqualTo(42);
        assertThat(counter("cache.compression.values", "stored", "compressed")).isEqualTo(51);
        assertThat(counter("cache.compression.values", "stored", "plain")).isEqualTo(52);
        assertThat(counter("cache.compression.bytes", "state", "before")).isEqualTo(5_300);
        assertThat(counter("cache.compression.bytes", "state", "after")).isEqualTo(54);
        assertThat(counter("cache.compression.dictionaries.unknown")).isEqualTo(57);
        assertThat(counter("cache.compression.dictionaries")).isEqualTo(58);
        assertThat(counter("cache.refreshes.wasted")).isEqualTo(43);
        assertThat(counter("cache.stale", "reason", "stale_on_error")).isEqualTo(39);
        assertThat(counter("cache.stale", "reason", "stale_while_loading")).isEqualTo(40);
    }

    @Test
    void theLeadOfRefreshesIsPercentilesInTheRegistrysUnit() {
        bindTo(registry);

        assertThat(counter("cache.refresh.lead.samples")).isEqualTo(44);
        assertThat(gauge("cache.refresh.lead.percentile", "phi", "0.5")).isEqualTo(45);
        assertThat(gauge("cache.refresh.lead.percentile", "phi", "0.99")).isEqualTo(46);
        assertThat(gauge("cache.refresh.lead.percentile", "phi", "0.999")).isEqualTo(47);
        assertThat(gauge("cache.refresh.lead.max")).isEqualTo(48);
    }

    @Test
    void latenciesArePercentilesInTheRegistrysUnit() {
        bindTo(registry);

        assertThat(gauge("cache.latency.percentile", "operation", "remote_read", "phi", "0.5"))
                .isEqualTo(19);
        assertThat(gauge("cache.latency.percentile", "operation", "remote_read", "phi", "0.99"))
                .isEqualTo(20);
        assertThat(gauge("cache.latency.percentile", "operation", "remote_read", "phi", "0.999"))
                .isEqualTo(21);
        assertThat(gauge("cache.latency.max", "operation", "remote_read")).isEqualTo(22);
        assertThat(counter("cache.latency.samples", "operation", "remote_read")).isEqualTo(18);
        assertThat(gauge("cache.latency.max", "operation", "load")).isZero();
    }

    @Test
    void aServiceShowsItsMemoryAndConnections() {
        CacheServiceMetrics.bindService(new Meters<>(registry, Tags.empty(), measured, source::stats));

        assertThat(gauge("cache.service.memory.used")).isEqualTo(15);
        assertThat(gauge("cache.service.memory.max")).isEqualTo(16);
        assertThat(gauge("cache.service.connections", "state", "ready")).isEqualTo(1);
        assertThat(gauge("cache.service.connections", "state", "idle")).isZero();
        assertThat(gauge("cache.service.connections.pending")).isEqualTo(50);
        assertThat(counter("cache.service.connections.opened")).isEqualTo(52);
    }

    @Test
    void everyNameHasOneSetOfTags() {
        bindTo(registry);

        registry.getMeters().stream()
                .map(Meter::getId)
                .collect(Collectors.groupingBy(
                        Meter.Id::getName, Collectors.mapping(CacheMetersTest::keys, Collectors.toSet())))
                .forEach((name, tagSets) -> assertThat(tagSets).as(name).hasSize(1));
    }

    @Test
    void prometheusShowsThemBesideTheCachesOfOthers() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CaffeineCacheMetrics.monitor(
                prometheus, Caffeine.newBuilder().recordStats().build(any -> "v"), "theirs");
        bindTo(prometheus);

        assertThat(prometheus.scrape())
                .contains("cache_gets_total{cache=\"theirs\",result=\"hit\"}")
                .contains("cache_gets_total{cache=\"users\",result=\"hit\"} 3.0")
                .contains("cache_load_total{cache=\"users\",result=\"success\"} 5.0")
                .contains("cache_load_duration_seconds{cache=\"users\"} 7.0")
                .contains("cache_eviction_weight_total{cache=\"users\"} 13.0")
                .contains("cache_hits_total{cache=\"users\",tier=\"local\"} 1.0")
                .contains(
                        "cache_latency_percentile_seconds{cache=\"users\",operation=\"remote_read\",phi=\"0.99\"} 20.0");
    }

    private void bindTo(MeterRegistry target) {
        Meters<CacheStats> meters = new Meters<>(target, Tags.of("cache", "users"), measured, source::stats);
        CacheMeters.bindCommon(meters);
        CacheMeters.bindOwn(meters);
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private static Set<String> keys(Meter.Id id) {
        List<Tag> tags = id.getTags();
        return tags.stream().map(Tag::getKey).collect(Collectors.toSet());
    }
}
