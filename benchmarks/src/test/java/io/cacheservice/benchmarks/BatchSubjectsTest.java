package io.cacheservice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchSubjectsTest {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Set<String> names() {
        return BatchSubjects.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatAClientStoresForAnHourItReadsBack(String name) {
        server.command("FLUSHALL");
        try (BatchClient client = BatchSubjects.connect(name, "127.0.0.1", server.port())) {
            client.setAll(Map.of("first", "one".getBytes(UTF_8), "second", "three".getBytes(UTF_8)));

            assertThat(client.getAll(List.of("second", "first"))).isEqualTo(8);
            for (Object key : (List<?>) Objects.requireNonNull(server.command("KEYS", "*first"))) {
                assertThat(server.command("PTTL", String.valueOf(key)))
                        .asString()
                        .matches("3[56]\\d{5}");
            }
        }
    }
}
