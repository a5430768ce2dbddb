package io.cacheservice.redis.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    private static final NodeAddress FROM = new NodeAddress("10.0.0.1", 7000);

    @Test
    void movedAndAskNameSlotAndServer() {
        assertThat(Redirect.parse("MOVED 3999 10.0.0.2:6381", FROM))
                .isEqualTo(new Redirect(Redirect.Kind.MOVED, 3999, new NodeAddress("10.0.0.2", 6381)));
        assertThat(Redirect.parse("ASK 0 cache-b.example:6381", FROM))
                .isEqualTo(new Redirect(Redirect.Kind.ASK, 0, new NodeAddress("cache-b.example", 6381)));
        assertThat(Redirect.parse("MOVED 16383 ::1:7002", FROM))
                .isEqualTo(new Redirect(Redirect.Kind.MOVED, 16383, new NodeAddress("::1", 7002)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MOVED 5 :7001", "MOVED 5 ?:7001"})
    void aServerWithoutANameIsOnTheHostThatAnswered(String error) {
        assertThat(Redirect.parse(error, FROM))
                .isEqualTo(new Redirect(Redirect.Kind.MOVED, 5, new NodeAddress("10.0.0.1", 7001)));
        assertThat(Redirect.parse(error, new NodeAddress("fe80::1", 7000)))
                .isEqualTo(new Redirect(Redirect.Kind.MOVED, 5, new NodeAddress("fe80::1", 7001)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MOVED",
                "MOVED 5",
                "MOVED x 10.0.0.2:1",
                "MOVED 16384 10.0.0.2:1",
                "MOVED 5 10.0.0.2",
                "MOVED 5 10.0.0.2:0",
                "ASKED 5 10.0.0.2:1",
                "ERR MOVED 5 10.0.0.2:1",
                "CLUSTERDOWN Hash slot not served"
            })
    void whatIsNoRedirectionIsNone(String error) {
        assertThat(Redirect.parse(error, FROM)).isNull();
    }
}
