package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.header;
import static io.cacheservice.server.http.RunningServer.text;
import static io.cacheservice.server.http.TokenFiles.bearer;
import static io.cacheservice.server.http.TokenFiles.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditTest {
    private static final String KEY = "key-name-that-nobody-else-has";

    private RunningServer server;
    private Audited audited;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Path file = TokenFiles.write(
                folder,
                entry("all", "read, write, admin", ""),
                entry("reader", "read", ""),
                entry("bound", "read, write", ", prefixes: ['orders:']"));
        server = RunningServer.start(c -> c.serverTokensFile(file.toString()));
        audited = new Audited();
    }

    @AfterEach
    void stop() {
        audited.close();
        server.close();
    }

    @Test
    void adminCallsAreRecordedAndOrdinaryOnesAreNot() throws Exception {
        HttpResponse<byte[]> listed = server.send("/v1/keys", r -> r.header("Authorization", bearer("all")));
        server.put("/v1/entries/" + KEY, "x", "Authorization", bearer("all"));
        server.send("/v1/entries/" + KEY, r -> r.header("Authorization", bearer("all")));

        JsonNode line = onlyLine();
        assertThat(line.path("token").asString()).isEqualTo("all");
        assertThat(line.path("method").asString()).isEqualTo("GET");
        assertThat(line.path("route").asString()).isEqualTo("/v1/keys");
        assertThat(line.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(line.path("status").asInt()).isEqualTo(listed.statusCode());
        assertThat(line.path("requestId").asString()).matches("[0-9a-f]{16}").isEqualTo(header(listed, "Request-Id"));
    }

    @Test
    void aWrongTokenIsRecordedWithoutTheTokenOrThePath() throws Exception {
        HttpResponse<byte[]> refused =
                server.send("/v1/entries/" + KEY, r -> r.header("Authorization", "Bearer a-guess-of-somebody-evil"));

        assertThat(refused.statusCode()).isEqualTo(401);
        JsonNode line = onlyLine();
        assertThat(line.path("token").isNull()).isTrue();
        assertThat(line.path("outcome").asString()).isEqualTo("refused");
        assertThat(line.path("requestId").asString()).isEqualTo(header(refused, "Request-Id"));
        assertThat(audited.lines().get(0)).doesNotContain("guess").doesNotContain(KEY);
    }

    @Test
    void aKeyOutOfReachIsRecordedByLengthAndDigest() throws Exception {
        server.put("/v1/entries/" + KEY, "value-of-it", "Authorization", bearer("bound"));

        JsonNode line = onlyLine();
        assertThat(line.path("token").asString()).isEqualTo("bound");
        assertThat(line.path("status").asInt()).isEqualTo(403);
        assertThat(line.path("route").asString()).isEqualTo("/v1/entries/<key>");
        assertThat(line.path("keyLength").asInt()).isEqualTo(KEY.length());
        assertThat(line.path("keyHash").asString()).matches("[0-9a-f]{12}");
        assertThat(audited.lines().get(0)).doesNotContain(KEY).doesNotContain("value-of-it");
    }

    @Test
    void aBatchWithKeysOutOfReachIsRecorded() throws Exception {
        server.send(
                "/v1/entries:get",
                r -> r.header("Authorization", bearer("bound"))
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"keys\": [\"orders:1\", \"a\", \"b\"]}")));

        JsonNode line = onlyLine();
        assertThat(line.path("outcome").asString()).isEqualTo("partly refused");
        assertThat(line.path("refusedKeys").asInt()).isEqualTo(2);
    }

    @Test
    void refusalsAreCounted() throws Exception {
        server.get("/v1/stats");
        server.put("/v1/entries/a", "x", "Authorization", bearer("reader"));

        String metrics = text(server.send("/metrics", r -> r.header("Authorization", bearer("reader"))));
        assertThat(metrics)
                .contains("cache_server_refusals_total{reason=\"unauthorized\"} 1.0")
                .contains("cache_server_refusals_total{reason=\"forbidden\"} 1.0");
    }

    /** The line is written when the answer may already have arrived. */
    private JsonNode onlyLine() {
        Awaitility.await().until(() -> !audited.lines().isEmpty());
        assertThat(audited.lines()).hasSize(1);
        return Json.MAPPER.readTree(audited.lines().get(0));
    }
}
