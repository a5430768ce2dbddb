package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TokenRevocationTest {
    @Test
    void aRevokedTokenIsKnownAtOnce() {
        assertThat(TokenRevocation.run()).isEqualTo("jti-1 revoked: true, jti-2 revoked: false");
    }

    @Test
    void aTokenRevokedElsewhereIsKnownAtOnceAndNeverTakenForGoodWhileRedisIsAway() {
        try (RedisServer redis = RedisServer.start();
                CacheService here = open(redis);
                CacheService elsewhere = open(redis)) {
            TokenRevocation tokens = new TokenRevocation(here);
            assertThat(tokens.isRevoked("jti-1")).isFalse();

            new TokenRevocation(elsewhere).revoke("jti-1", "lost phone", Duration.ofMinutes(15));
            assertThat(tokens.isRevoked("jti-1")).isTrue();

            redis.kill();
            assertThatThrownBy(() -> tokens.isRevoked("jti-1")).isInstanceOf(CacheConnectionException.class);
            assertThatThrownBy(() -> tokens.isRevoked("jti-2")).isInstanceOf(CacheConnectionException.class);
        }
    }

    private static CacheService open(RedisServer redis) {
        return CacheService.open(CacheConfig.builder().url(redis.url()).build());
    }
}
