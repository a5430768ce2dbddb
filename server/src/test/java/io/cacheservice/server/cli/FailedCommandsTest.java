package io.cacheservice.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands end that cannot do what they are asked for: never with 1, which says that the key is absent. */
class FailedCommandsTest {
    private static final String NOWHERE = "http://127.0.0.1:1";

    @ParameterizedTest
    @ValueSource(strings = {"hunter2hunter2hunter2\r", "hunter2 hunter2 hunter2", "hunter2hunter2\u0416", ""})
    void aTokenThatCannotBeOneIsAUsageErrorAndIsNotShown(String token) throws Exception {
        Program.Result got =
                Program.run(Map.of("CACHE_SERVICE_URL", NOWHERE, "CACHE_SERVICE_TOKEN", token), "get", "a");

        assertThat(got.exitCode()).isEqualTo(2);
        assertThat(got.err()).contains("CACHE_SERVICE_TOKEN").doesNotContain("hunter2");
    }

    @Test
    void aContentTypeThatCannotBeAHeaderFieldIsAUsageError() throws Exception {
        Program.Result set =
                Program.run(Map.of("CACHE_SERVICE_URL", NOWHERE), "set", "k", "v", "--content-type", "a\nb");

        assertThat(set.exitCode()).isEqualTo(2);
        assertThat(set.err()).contains("--content-type").doesNotContain("\tat ");
    }

    @Test
    void statisticsOfAnotherWebServerAreRefused() throws Exception {
        HttpServer other = answering(200, "<html>hello</html>");
        try {
            Program.Result stats = Program.run(Map.of("CACHE_SERVICE_URL", url(other)), "stats");

            assertThat(stats.exitCode()).isEqualTo(4);
            assertThat(stats.err()).contains("no cache-service").doesNotContain("\tat ");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void whatNobodyForesawHasACodeOfItsOwn() throws Exception {
        Program.Result set = Program.shell(
                Map.of("CACHE_SERVICE_URL", NOWHERE, "JAVA_TOOL_OPTIONS", "-Xmx32m"),
                "head -c 100000000 /dev/zero | \"$@\"",
                "set",
                "k",
                "-");

        assertThat(set.exitCode()).isEqualTo(5);
        assertThat(set.err()).contains("cache-service: unexpected: OutOfMemoryError");
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
