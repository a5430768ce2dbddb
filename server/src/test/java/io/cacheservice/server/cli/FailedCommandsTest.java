package io.cacheservice.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void outputThatCouldNotBeWrittenIsNoSuccess() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        HttpServer other = answering(200, "{}");
        try {
            Map<String, String> environment = Map.of("CACHE_SERVICE_URL", url(other));
            Program.Result got = Program.shell(environment, "exec \"$@\" > /dev/full", "get", "a");
            Program.Result json = Program.shell(environment, "exec \"$@\" > /dev/full", "stats", "--json");
            Program.Result stats = Program.shell(environment, "exec \"$@\" > /dev/full", "stats");

            for (Program.Result result : List.of(got, json, stats)) {
                assertThat(result.exitCode()).isEqualTo(6);
                assertThat(result.err()).contains("standard output");
            }
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ann:hunter2@127.0.0.1:1",
                "http://hunter2@127.0.0.1:1",
                "http://ann:hunter2@cache example",
                "ftp://ann:hunter2@127.0.0.1",
                "http://127.0.0.1:1?x",
                "http://127.0.0.1:1#x",
                "http://127.0.0.1:99999"
            })
    void aUrlWithPartsThatAreNotUsedIsAUsageErrorAndShowsNoPassword(String url) throws Exception {
        Program.Result got = Program.run(Map.of("CACHE_SERVICE_URL", url), "get", "a");

        assertThat(got.exitCode()).isEqualTo(2);
        assertThat(got.err()).contains("the server's URL").doesNotContain("hunter2");
    }

    @Test
    void whatRedisOrTheSourceRefusesIsARefusal() throws Exception {
        HttpServer refusing = answering(502, "{\"type\":\"/refused-by-redis\",\"title\":\"t\",\"detail\":\"d\"}");
        HttpServer failing = answering(502, "{\"type\":\"/source-failed\",\"title\":\"t\",\"detail\":\"d\"}");
        HttpServer proxy = answering(502, "<html>Bad gateway</html>");
        try {
            assertThat(get(refusing)).isEqualTo(4);
            assertThat(get(failing)).isEqualTo(4);
            assertThat(get(proxy)).isEqualTo(3);
        } finally {
            refusing.stop(0);
            failing.stop(0);
            proxy.stop(0);
        }
    }

    private static int get(HttpServer server) throws Exception {
        return Program.run(Map.of("CACHE_SERVICE_URL", url(server)), "get", "a").exitCode();
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
