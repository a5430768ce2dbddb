package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.ConnectionStats;
import io.cacheservice.ConnectionStats.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void withoutRedisTheProgramIsReadyUntilItDrains() {
        assertThat(Readiness.of(false, false, true, List.of())).isEqualTo(Readiness.OK);
        assertThat(Readiness.of(true, false, false, List.of())).isEqualTo(Readiness.DRAINING);
        assertThat(Readiness.DRAINING.status()).isEqualTo(503);
    }

    @Test
    void oneConnectionThatServesIsEnough() {
        assertThat(Readiness.of(false, true, true, connections(State.DOWN, State.READY)))
                .isEqualTo(Readiness.OK);
    }

    @Test
    void aRedisThatIsAwayDegradesUnlessItIsRequired() {
        assertThat(Readiness.of(false, true, false, connections(State.DOWN, State.IDLE)))
                .isEqualTo(Readiness.DEGRADED);
        assertThat(Readiness.DEGRADED.status()).isEqualTo(200);
        assertThat(Readiness.of(false, true, false, connections(State.TRIPPED))).isEqualTo(Readiness.DEGRADED);
        assertThat(Readiness.of(false, true, true, connections(State.CONNECTING)))
                .isEqualTo(Readiness.UNAVAILABLE);
        assertThat(Readiness.UNAVAILABLE.status()).isEqualTo(503);
    }

    @Test
    void aRedisThatNobodyNeededYetIsNotAway() {
        assertThat(Readiness.of(false, true, true, connections(State.IDLE, State.IDLE)))
                .isEqualTo(Readiness.OK);
    }

    @Test
    void drainingWinsOverEverything() {
        assertThat(Readiness.of(true, true, false, connections(State.READY))).isEqualTo(Readiness.DRAINING);
    }

    private static List<ConnectionStats> connections(State... states) {
        return Stream.of(states).map(s -> new ConnectionStats("c", s, 0, 1, "")).toList();
    }
}
