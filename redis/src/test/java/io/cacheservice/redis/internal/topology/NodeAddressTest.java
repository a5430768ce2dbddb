package io.cacheservice.redis.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
    @Test
    void namesAndAddressesOfBothKindsAreRead() {
        assertThat(NodeAddress.parse("cache.example:6379")).isEqualTo(new NodeAddress("cache.example", 6379));
        assertThat(NodeAddress.parse("10.0.0.7:1")).isEqualTo(new NodeAddress("10.0.0.7", 1));
        assertThat(NodeAddress.parse("[fe80::1]:65535")).isEqualTo(new NodeAddress("fe80::1", 65535));
        assertThat(NodeAddress.parse("fe80::1:7000")).isEqualTo(new NodeAddress("fe80::1", 7000));
    }

    @Test
    void itIsPrintedAsItIsRead() {
        assertThat(new NodeAddress("fe80::1", 7000)).hasToString("[fe80::1]:7000");
        assertThat(new NodeAddress("h", 7000)).hasToString("h:7000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", ":1", "h:", "h:0", "h:65536", "h:x", "h:-1", "h:123456", "[]:1"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(NodeAddress.parse(text)).isNull();
    }
}
