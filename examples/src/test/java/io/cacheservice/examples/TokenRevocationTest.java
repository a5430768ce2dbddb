package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TokenRevocationTest {
    @Test
    void aRevokedTokenIsKnownAtOnce() {
        assertThat(TokenRevocation.run()).isEqualTo("jti-1 revoked: true, jti-2 revoked: false");
    }
}
