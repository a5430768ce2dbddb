package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static io.cacheservice.server.http.TokenFiles.bearer;
import static io.cacheservice.server.http.TokenFiles.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensFileTest {
    private static final String PLAIN = "a-plain-token-for-everything";

    @Test
    void tokensAreAddedAndRevokedWithoutARestart(@TempDir Path folder) throws Exception {
        Path file = TokenFiles.write(folder, entry("old", "read", ""));
        try (RunningServer server = RunningServer.start(c -> c.serverTokensFile(file.toString()))) {
            assertThat(status(server, bearer("old"))).isEqualTo(404);
            assertThat(status(server, bearer("new"))).isEqualTo(401);

            TokenFiles.write(folder, entry("new", "read", ""));

            Awaitility.await().until(() -> status(server, bearer("new")) == 404);
            assertThat(status(server, bearer("old"))).isEqualTo(401);
        }
    }

    @Test
    void aBrokenFileKeepsTheLastGoodOneAndHealthAndMetricsSaySo(@TempDir Path folder) throws Exception {
        Path file = TokenFiles.write(folder, entry("scraper", "read", ""));
        try (RunningServer server = RunningServer.start(c -> c.serverTokensFile(file.toString()))) {
            assertThat(stale(server)).isEqualTo("0.0");

            Files.writeString(file, "- {name: scraper, token: x");

            Awaitility.await().until(() -> stale(server).equals("1.0"));
            HttpResponse<byte[]> ready = server.get("/readyz");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(json(ready).path("status").asString()).isEqualTo("ok");
            assertThat(json(ready).path("warnings").path(0).asString())
                    .contains("server.tokensFile is broken")
                    .doesNotContain(folder.toString());

            TokenFiles.write(folder, entry("scraper", "read", ""));
            Awaitility.await().until(() -> stale(server).equals("0.0"));
            assertThat(text(server.get("/readyz"))).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void aFileAndPlainTokensAreBothKnown(@TempDir Path folder) throws Exception {
        Path file = TokenFiles.write(folder, entry("reader", "read", ""));
        try (RunningServer server =
                RunningServer.start(c -> c.serverTokensFile(file.toString()).serverTokens(List.of(PLAIN)))) {
            assertThat(status(server, bearer("reader"))).isEqualTo(404);
            assertThat(status(server, "Bearer " + PLAIN)).isEqualTo(404);
            assertThat(status(server, "Bearer " + PLAIN + "2")).isEqualTo(401);
        }
    }

    @Test
    void aBrokenFileStopsTheStartWithoutItsTokens(@TempDir Path folder) throws Exception {
        Path file = TokenFiles.write(folder, entry("reader", "all", ""));

        assertThatThrownBy(() -> RunningServer.start(c -> c.serverTokensFile(file.toString())))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("server.tokensFile is refused", file.toString(), "('reader')")
                .message()
                .doesNotContain(TokenFiles.token("reader"));
    }

    private static int status(RunningServer server, String authorization) throws Exception {
        return server.send("/v1/entries/absent", r -> r.header("Authorization", authorization))
                .statusCode();
    }

    private static String stale(RunningServer server) throws Exception {
        String line = "cache_server_files_stale{setting=\"server.tokensFile\"} ";
        return text(server.send("/metrics", r -> r.header("Authorization", bearer("scraper"))))
                .lines()
                .filter(l -> l.startsWith(line))
                .map(l -> l.substring(line.length()))
                .findFirst()
                .orElse("(none)");
    }
}
