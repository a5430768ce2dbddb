package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.header;
import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import java.net.BindException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
    private static final String TOKEN = "a-token-of-24-characters";

    @Test
    void anUnknownResourceIsAProblem() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            HttpResponse<byte[]> answer = server.get("/nowhere");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(json(answer).path("type").asString()).isEqualTo("/no-such-resource");
            assertThat(header(answer, "Server")).isEqualTo("(none)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/entries/a",
        "PATCH,/v1/entry?key=a",
        "GET,/v1/entries:get",
        "DELETE,/v1/stats",
        "OPTIONS,/v1/entries/a",
        "TRACE,/v1/entries/a",
        "BREW,/v1/entries/a"
    })
    void aMethodThatTheResourceDoesNotHaveIsToldWithThoseItHas(String method, String target) throws Exception {
        try (RunningServer server = RunningServer.start()) {
            String answer =
                    server.raw(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 405 ")
                    .contains("application/problem+json")
                    .contains("\r\nAllow: ");
        }
    }

    @Test
    void statisticsCountWhatHappened() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            server.put("/v1/entries/a", "1");
            server.get("/v1/entries/a");
            server.get("/v1/entries/a");
            server.get("/v1/entries/b");

            HttpResponse<byte[]> answer = server.get("/v1/stats");

            assertThat(json(answer).path("hits").path("local").asLong()).isEqualTo(2);
            assertThat(json(answer).path("misses").asLong()).isEqualTo(1);
            assertThat(json(answer).path("puts").asLong()).isEqualTo(1);
            assertThat(json(answer).path("localEntries").asLong()).isEqualTo(1);
            assertThat(json(answer).path("localMaxBytes").asLong()).isPositive();
        }
    }

    @Test
    void metricsArePrometheusText() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            server.get("/v1/entries/b");

            HttpResponse<byte[]> answer = server.get("/metrics");

            assertThat(header(answer, "Content-Type")).startsWith("text/plain").contains("version=0.0.4");
            assertThat(text(answer)).contains("# TYPE cache_gets_total counter").contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void healthIsOpenAndEverythingElseNeedsAToken() throws Exception {
        try (RunningServer server =
                RunningServer.start(c -> c.serverTokens(List.of(TOKEN, "another-token-of-some-length")))) {
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(text(server.get("/readyz"))).isEqualTo("{\"status\":\"ok\"}");
            for (String target : List.of("/v1/entries/a", "/v1/stats", "/metrics", "/nowhere", "/v1/inspect?key=a")) {
                HttpResponse<byte[]> refused = server.get(target);
                assertThat(refused.statusCode()).as(target).isEqualTo(401);
                assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(json(refused).path("type").asString()).isEqualTo("/unauthorized");
            }
            assertThat(server.put("/v1/entries/a", "x", "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(201);
            assertThat(server.send(
                                    "/v1/entries/a",
                                    r -> r.header("Authorization", "bearer another-token-of-some-length"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Basic YTpi",
                "a-token-of-24-characters",
                "Bearer a-token-of-24-character",
                "Bearer a-token-of-24-characters2"
            })
    void aWrongTokenIsRefused(String authorization) throws Exception {
        try (RunningServer server = RunningServer.start(c -> c.serverTokens(List.of(TOKEN)))) {
            assertThat(server.put("/v1/entries/a", "x", "Authorization", authorization)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenIsAskedForBeforeABodyIsRead() throws Exception {
        try (RunningServer server = RunningServer.start(c -> c.serverTokens(List.of(TOKEN)));
                Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write("PUT /v1/entries/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
                            .getBytes(US_ASCII));

            assertThat(RunningServer.rest(socket)).startsWith("HTTP/1.1 401 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/entries:get, text/plain, 415",
        "POST, /v1/nowhere, application/json, 404",
        "PATCH, /v1/stats, application/json, 405"
    })
    void aRefusalThatLeavesABodyUnreadSaysThatItsConnectionEnds(String method, String path, String type, int status)
            throws Exception {
        try (RunningServer server = RunningServer.start()) {
            String answer = server.raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                    + "\r\nContent-Length: 1000\r\n\r\n{}");

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }

    @Test
    void aRefusalOfABodyThatWasReadKeepsItsConnection() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            String answers =
                    server.raw("POST /v1/entries:get HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
                            + "\r\nContent-Length: 13\r\n\r\n{\"unknown\":1}"
                            + "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answers).startsWith("HTTP/1.1 400 ").contains("HTTP/1.1 200 ");
        }
    }

    @Test
    void aWebPageThatHasItsNamePointHereIsNotServed() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            String answer =
                    server.raw("GET /v1/stats HTTP/1.1\r\nHost: evil.example:7070\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 421 ").contains("application/problem+json");
            for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:7070", "[::1]:7070")) {
                assertThat(server.raw("GET /v1/stats HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void theNameItIsBoundToIsItsOwn() throws Exception {
        try (RunningServer server = RunningServer.start(c -> c.serverBind("127.1"))) {
            String rest = "\r\nConnection: close\r\n\r\n";

            assertThat(server.raw("GET /v1/stats HTTP/1.1\r\nHost: 127.1" + rest))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(server.raw("GET /v1/stats HTTP/1.1\r\nHost: 127.1:" + server.server.port() + rest))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(server.raw("GET /v1/stats HTTP/1.1\r\nHost: 127.1.evil.example" + rest))
                    .startsWith("HTTP/1.1 421 ");
            assertThat(server.raw("GET /v1/stats HTTP/1.1\r\nHost: 127.1:x" + rest))
                    .doesNotStartWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void requestsBeyondThePlacesAreTurnedAwayWhileHealthStillAnswers() throws Exception {
        try (RunningServer server = RunningServer.start(c -> c, limits -> LimitsInTests.with(limits, 10_000, 1, 0));
                Socket occupying = server.connect()) {
            occupying
                    .getOutputStream()
                    .write("PUT /v1/entries/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nx"
                            .getBytes(US_ASCII));

            Awaitility.await().untilAsserted(() -> {
                HttpResponse<byte[]> turnedAway = server.get("/v1/stats");
                assertThat(turnedAway.statusCode()).isEqualTo(503);
                assertThat(header(turnedAway, "Retry-After")).isEqualTo("1");
                assertThat(json(turnedAway).path("type").asString()).isEqualTo("/unavailable");
            });
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);

            occupying.getOutputStream().write('y');
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(server.get("/v1/stats").statusCode()).isEqualTo(200));
        }
    }

    @Test
    void aRequestInFlightIsFinishedBeforeTheServerStops() throws Exception {
        try (RunningServer server = RunningServer.start();
                Socket slow = server.connect()) {
            slow.getOutputStream()
                    .write("PUT /v1/entries/last HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nx"
                            .getBytes(US_ASCII));
            Awaitility.await().until(() -> server.get("/healthz").statusCode() == 200);
            Thread stopping = new Thread(server.server::stop);
            stopping.start();
            Awaitility.await()
                    .untilAsserted(() -> assertThatThrownBy(server::connect).isInstanceOf(java.io.IOException.class));

            slow.getOutputStream().write('y');

            assertThat(RunningServer.rest(slow)).startsWith("HTTP/1.1 201 ");
            stopping.join();
            assertThat(server.service.get("last")).isEqualTo(new byte[] {'x', 'y'});
        }
    }

    @Test
    void aPortInUseIsToldWithTheRemedy() throws Exception {
        try (RunningServer first = RunningServer.start()) {
            CacheConfig config =
                    CacheConfig.builder().serverPort(first.server.port()).build();
            try (CacheService service = CacheService.open(config)) {
                assertThatThrownBy(() -> HttpServer.start(service, ListenAddress.of(config, false)))
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining("127.0.0.1:" + first.server.port())
                        .hasMessageContaining("--port");
            }
        }
    }

    @Test
    void anAddressThatOthersReachNeedsATokenOrAnExplicitWord() {
        CacheConfig open = CacheConfig.builder().serverBind("0.0.0.0").build();

        assertThatThrownBy(() -> ListenAddress.of(open, false))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("server.bind = 0.0.0.0")
                .hasMessageContaining("server.tokens")
                .hasMessageContaining("--insecure");
        assertThat(ListenAddress.of(open, true).loopback()).isFalse();
        assertThat(ListenAddress.of(
                                open.toBuilder().serverTokens(List.of(TOKEN)).build(), false)
                        .loopback())
                .isFalse();
        assertThat(ListenAddress.of(CacheConfig.builder().serverBind("::1").build(), false)
                        .loopback())
                .isTrue();
    }
}
