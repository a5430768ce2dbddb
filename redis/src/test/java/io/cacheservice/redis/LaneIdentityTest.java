package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneIdentityTest {
    @Test
    void idAndAddressStandInTheReply() {
        assertThat(LaneIdentity.parse("id=7 addr=10.0.0.2:4711 laddr=10.0.0.1:6379 fd=8\n", "a1"))
                .isEqualTo(new LaneIdentity(7, "10.0.0.2:4711", "a1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "7x", "99999999999999999999"})
    void anIdThatIsNoNumberIsNone(String id) {
        assertThat(LaneIdentity.parse("id=" + id + " addr=10.0.0.2:4711", null)).isNull();
    }
}
