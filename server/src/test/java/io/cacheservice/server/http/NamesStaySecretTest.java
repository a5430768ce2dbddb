package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.header;
import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Names of keys are told to those who ask for them, and to nobody else. */
class NamesStaySecretTest {
    private static final String MARKER = "marker-key-4711";

    @Test
    void noNameOfAKeyIsInMetricsStatisticsOrLogs() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(
                        record.getMessage() + java.util.Arrays.toString(record.getParameters()) + record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("io.cacheservice");
        Level before = root.getLevel();
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        try (RunningServer server = RunningServer.start(c -> c.maxValueBytes(1000))) {
            for (String target : List.of("/v1/entries/" + MARKER, "/v1/entry?key=" + MARKER)) {
                server.get(target);
                server.put(target, "x");
                server.put(target, "x".repeat(2000));
                server.get(target);
                server.send(target, HttpRequest.Builder::DELETE);
            }
            server.get("/v1/inspect?key=" + MARKER);
            server.get("/v1/keys?prefix=" + MARKER);
            server.post("/v1/entries:get", "{\"keys\": [\"" + MARKER + "\"]}");
            server.post("/v1/prewarm", "{\"keys\": [\"" + MARKER + "\"]}");
            server.post("/v1/refresh", "{\"key\": \"" + MARKER + "\"}");

            assertThat(text(server.get("/metrics")))
                    .contains("cache_gets_total")
                    .doesNotContain(MARKER);
            assertThat(text(server.get("/v1/stats"))).doesNotContain(MARKER);
            assertThat(text(server.get("/v1/coherence"))).doesNotContain(MARKER);
            assertThat(logged).noneMatch(line -> line.contains(MARKER));
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
        }
    }

    @Test
    void aNameInAnAnswerIsEscapedAndNoBrowserTakesItForAPage() throws Exception {
        String name = "<script>alert(\"1\")</script>\r\nSet-Cookie: a=b";
        try (RunningServer server = RunningServer.start()) {
            HttpResponse<byte[]> inspected =
                    server.get("/v1/inspect" + RunningServer.entry(name).substring(9));
            HttpResponse<byte[]> absent = server.get(RunningServer.entry(name));

            assertThat(json(inspected).path("key").asString()).isEqualTo(name);
            for (HttpResponse<byte[]> answer : List.of(inspected, absent)) {
                assertThat(header(answer, "Content-Type"))
                        .startsWith("application/")
                        .contains("json");
                assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(header(answer, "Set-Cookie")).isEqualTo("(none)");
            }
            assertThat(text(absent)).doesNotContain("script");
        }
    }

    @Test
    void pagesOfOtherSitesAreGrantedNothing() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            for (String method : List.of("GET", "OPTIONS")) {
                HttpResponse<byte[]> answer = server.send(
                        "/v1/stats",
                        r -> r.method(method, HttpRequest.BodyPublishers.noBody())
                                .headers("Origin", "https://evil.example", "Access-Control-Request-Method", "GET"));

                assertThat(answer.headers().map().keySet())
                        .noneMatch(field ->
                                field.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
            }
        }
    }
}
