package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aStaleAnswerSaysSo() {
        assertThat(CacheStatus.of(hit(Tier.LOCAL, Optional.empty(), true, Reason.FOUND)))
                .isEqualTo("cache-service; hit; detail=stale-local");
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
