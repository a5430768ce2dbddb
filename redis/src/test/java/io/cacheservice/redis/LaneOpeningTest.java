package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.TimeSource;
import io.cacheservice.testkit.RedisServer;
import org.junit.jupiter.api.Test;

class LaneOpeningTest {
    @Test
    void aServerThatWasUpgradedIsSentScriptsWithTheirHeaderAgain() {
        try (RedisServer redis = RedisServer.start();
                OpeningFixture fixture = new OpeningFixture(Tiers.config(redis.url()), TimeSource.system())) {
            fixture.dialect.learnFrom(
                    "ERR Error compiling script (new function): user_script:1: unexpected symbol near '#'");
            assertThat(fixture.dialect.knowsHeader()).isFalse();

            fixture.lane();

            assertThat(fixture.dialect.knowsHeader()).isTrue();
        }
    }
}
