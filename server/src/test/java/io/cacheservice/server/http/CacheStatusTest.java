package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheStatusTest {
    @Test
    void aHitTellsItsTierAndItsLife() {
        assertThat(CacheStatus.of(hit(Tier.REMOTE, Optional.of(Duration.ofMillis(2999)), false, Reason.FOUND)))
                .isEqualTo("cache-service; hit; ttl=2; detail=remote");
    }

    @Test
    void aLoadedValueIsNoHit() {
        assertThat(CacheStatus.of(hit(Tier.SOURCE, Optional.empty(), false, Reason.LOADED)))
                .isEqualTo("cache-service; fwd=miss; detail=source");
    }

    @Test
    void aLoadedValueThatWasKeptSaysSo() {
        assertThat(CacheStatus.of(new Lookup.Hit<>(
                        "v",
                        Tier.SOURCE,
                        Duration.ZERO,
                        Optional.of(Duration.ofSeconds(5)),
                        false,
                        Reason.LOADED,
                        Optional.of(EntryVersion.parse("0123456789abcdef")),
                        Optional.empty())))
                .isEqualTo("cache-service; fwd=miss; stored; ttl=5; detail=source");
    }

    @Test
    void whatAnotherLoadBroughtIsCollapsed() {
        assertThat(CacheStatus.of(hit(Tier.SOURCE, Optional.of(Duration.ofSeconds(5)), false, Reason.JOINED)))
                .isEqualTo("cache-service; fwd=miss; ttl=5; collapsed; detail=source");
        assertThat(CacheStatus.of(new Lookup.Absent<>(Tier.SOURCE, Reason.JOINED)))
                .isEqualTo("cache-service; fwd=miss; collapsed; detail=joined");
    }

    @Test
    void aStaleAnswerTellsWhatBecameOfItsReload() {
        assertThat(CacheStatus.of(hit(Tier.LOCAL, Optional.of(Duration.ZERO), true, Reason.STALE_ON_ERROR)))
                .isEqualTo("cache-service; fwd=stale; ttl=0; detail=stale-on-error");
        assertThat(CacheStatus.of(hit(Tier.REMOTE, Optional.of(Duration.ZERO), true, Reason.STALE_WHILE_LOADING)))
                .isEqualTo("cache-service; fwd=stale; ttl=0; detail=stale-while-loading");
    }

    @Test
    void aDefaultIsNoHit() {
        assertThat(CacheStatus.of(hit(Tier.SOURCE, Optional.empty(), false, Reason.DEFAULT_ON_ERROR)))
                .isEqualTo("cache-service; fwd=miss; detail=default-on-error");
    }

    @Test
    void thatTheSourceHasNoneWasAskedOfTheSource() {
        assertThat(CacheStatus.of(new Lookup.Absent<>(Tier.SOURCE, Reason.LOADED)))
                .isEqualTo("cache-service; fwd=miss; detail=loaded");
    }

    @Test
    void anAbsentOneTellsWhy() {
        assertThat(CacheStatus.of(new Lookup.Absent<>(Tier.REMOTE, Reason.UNDECODABLE)))
                .isEqualTo("cache-service; detail=undecodable");
    }

    private static Lookup<String> hit(Tier tier, Optional<Duration> remaining, boolean stale, Reason reason) {
        return new Lookup.Hit<>("v", tier, Duration.ZERO, remaining, stale, reason, Optional.empty(), Optional.empty());
    }
}
