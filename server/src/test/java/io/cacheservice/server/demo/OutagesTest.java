package io.cacheservice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutagesTest {
    @Test
    void nothingIsAwayUnlessItIsAskedFor() {
        Outages none = new Outages(false, false, 30_000);

        assertThat(none.at(15_000)).isEqualTo(Phase.ALL_UP);
    }

    @Test
    void oneOutageTakesTheMiddleThirdOfTheTime() {
        Outages redis = new Outages(false, true, 30_000);

        assertThat(redis.at(9_999)).isEqualTo(Phase.ALL_UP);
        assertThat(redis.at(10_000)).isEqualTo(Phase.REDIS_AWAY);
        assertThat(redis.at(19_999)).isEqualTo(Phase.REDIS_AWAY);
        assertThat(redis.at(20_000)).isEqualTo(Phase.ALL_UP);
    }

    @Test
    void twoOutagesShareTheTimeAndNeverOverlap() {
        Outages both = new Outages(true, true, 30_000);

        assertThat(both.at(4_999)).isEqualTo(Phase.ALL_UP);
        assertThat(both.at(5_000)).isEqualTo(Phase.SOURCE_AWAY);
        assertThat(both.at(10_000)).isEqualTo(Phase.ALL_UP);
        assertThat(both.at(20_000)).isEqualTo(Phase.REDIS_AWAY);
        assertThat(both.at(25_000)).isEqualTo(Phase.ALL_UP);
    }

    @Test
    void aDemoWithoutAnEndHasThemAgain() {
        Outages source = new Outages(true, false, 30_000);

        assertThat(source.at(45_000)).isEqualTo(Phase.SOURCE_AWAY);
    }
}
