package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.internal.topology.NodeAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.12.250", "::1", "2001:db8::7", "fe80::1"})
    void anAddressIsTakenAsItIs(String host) {
        assertThat(HostNames.socketAddress(new NodeAddress(host, 6379)).isUnresolved())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "redis", "redis-1.example.org", "10.0.12.250.example.org", "1a"})
    void aNameIsLeftToTheResolverThatBlocksNoEventLoop(String host) {
        assertThat(HostNames.socketAddress(new NodeAddress(host, 6379)).isUnresolved())
                .isTrue();
    }
}
