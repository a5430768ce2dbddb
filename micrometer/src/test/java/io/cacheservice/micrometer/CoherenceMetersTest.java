package io.cacheservice.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CoherenceSamples;
import io.cacheservice.CoherenceStats;
import io.cacheservice.FlushCause;
import io.cacheservice.LatencySummary;
import io.cacheservice.ListeningConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoherenceMetersTest {
    private static final CoherenceStats STATS = new CoherenceStats(
            List.of(
                    new ListeningConnection("127.0.0.1:6379/0", Optional.of(Duration.ofSeconds(1)), "", 0, 0),
                    new ListeningConnection("127.0.0.1:6379/1", Optional.of(Duration.ofSeconds(2)), "", 0, 0),
                    new ListeningConnection("127.0.0.1:6380/0", Optional.empty(), "it is a replica now", 0, 1)),
            3,
            4,
            5,
            6,
            7,
            Map.of(FlushCause.SERVER_FLUSHED, 8L),
            new CoherenceSamples(999, 10, 99, 0, 11, latency(12), Duration.ofSeconds(13)),
            latency(14),
            15);

    private final Object measured = new Object();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private static LatencySummary latency(long seconds) {
        return new LatencySummary(
                seconds,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(100 + seconds),
                Duration.ofSeconds(200 + seconds),
                Duration.ofSeconds(300 + seconds));
    }

    @BeforeEach
    void bind() {
        CoherenceMeters.bind(new Meters<>(registry, Tags.empty(), measured, () -> STATS));
    }

    @Test
    void theHeadlineIsInNines() {
        assertThat(gauge("cache.coherence.nines", "within", "max_staleness")).isEqualTo(3);
        assertThat(gauge("cache.coherence.nines", "within", "zero")).isEqualTo(1);
    }

    @Test
    void samplesAreToldApartByTheirResult() {
        assertThat(counter("cache.coherence.samples", "result", "same")).isEqualTo(900);
        assertThat(counter("cache.coherence.samples", "result", "stale")).isEqualTo(99);
        assertThat(counter("cache.coherence.samples", "result", "undecided")).isEqualTo(10);
        assertThat(counter("cache.coherence.violations")).isZero();
        assertThat(gauge("cache.coherence.stale")).isEqualTo(11);
        assertThat(gauge("cache.coherence.staleness.max")).isEqualTo(13);
    }

    @Test
    void theLagOfAnnouncementsHasPercentiles() {
        assertThat(gauge("cache.coherence.lag.percentile", "phi", "0.5")).isEqualTo(14);
        assertThat(gauge("cache.coherence.lag.percentile", "phi", "0.99")).isEqualTo(114);
        assertThat(gauge("cache.coherence.lag.percentile", "phi", "0.999")).isEqualTo(214);
        assertThat(gauge("cache.coherence.lag.max")).isEqualTo(314);
        assertThat(counter("cache.coherence.lag.samples")).isEqualTo(14);
        assertThat(counter("cache.coherence.lag.unheard")).isEqualTo(15);
    }

    @Test
    void refusalsChangesAndFlushesAreCounted() {
        assertThat(gauge("cache.coherence.keys")).isEqualTo(3);
        assertThat(counter("cache.coherence.changes")).isEqualTo(4);
        assertThat(counter("cache.coherence.refused", "reason", "unproven")).isEqualTo(5);
        assertThat(counter("cache.coherence.refused", "reason", "revoked")).isEqualTo(6);
        assertThat(counter("cache.coherence.fills.refused")).isEqualTo(7);
        assertThat(counter("cache.coherence.flushes", "cause", "server_flushed"))
                .isEqualTo(8);
        assertThat(counter("cache.coherence.flushes", "cause", "slot_moved")).isZero();
    }

    @Test
    void theOldestProofIsThatOfThoseThatVouch() {
        assertThat(gauge("cache.coherence.connections", "state", "vouching")).isEqualTo(2);
        assertThat(gauge("cache.coherence.connections", "state", "silent")).isEqualTo(1);
        assertThat(gauge("cache.coherence.proof.age.max")).isEqualTo(2);
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }
}
