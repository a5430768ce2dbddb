package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cacheservice.benchmarks.RawSocket.Requests;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RawSocketTest {
    private static final Duration LIFE = Duration.ofHours(1);
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void manyRequestsThatAreSentTogetherAreAnsweredTogether() {
        List<String> keys = List.of("key:1", "key:2", "key:3");
        try (RawSocket socket = new RawSocket("127.0.0.1", server.port())) {
            socket.exchange(Requests.set(keys, new RandomValues(1000), LIFE));
            socket.exchange(Requests.get(keys, 1000));
            socket.exchange(Requests.mget(List.of(keys, List.of("key:1")), 1000));

            assertThat(server.command("PTTL", "key:3")).asString().matches("3[56]\\d{5}");
        }
    }

    @Test
    void anAnswerOfAnotherKindIsRefused() {
        server.command("LPUSH", "list", "x");
        try (RawSocket socket = new RawSocket("127.0.0.1", server.port())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> socket.exchange(Requests.get(List.of("list"), 10)))
                    .withMessageContaining("WRONGTYPE");
        }
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        try (RawSocket socket = new RawSocket("127.0.0.1", server.port())) {
            socket.exchange(Requests.set(List.of("long:1"), new RandomValues(50), LIFE));

            assertThatIllegalStateException()
                    .isThrownBy(() -> socket.exchange(Requests.get(List.of("long:1"), 10)))
                    .withMessageContaining("40 bytes longer");
        }
    }
}
