package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.entry;
import static io.cacheservice.server.http.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysOverHttpTest {
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "//", "a/b", "/a//b/", "..", ".", "../../etc/passwd", "%2F", "%252F", "a;b=c", ";", "a b", " ",
                        "+",
                "a+b", "ключ", "鍵", "\uD83D\uDD11", "é", "?", "#", "&key=other", "a=b", "\\", "\n", "\t", "\u0000",
                        "\"",
                "<script>", "%", "%%", "a\rb", "'", "{}", "[::1]", ":", "entries:get", "\u202E", "\uFFFD"
            })
    void anyKeyHasOneReadingAsAQueryParameter(String key) throws Exception {
        assertThat(server.put(entry(key), key).statusCode()).isEqualTo(201);

        assertThat(text(server.get(entry(key)))).isEqualTo(key);
        assertThat(server.service.get(key)).isEqualTo(key.getBytes(StandardCharsets.UTF_8));
        assertThat(server.send(entry(key), HttpRequest.Builder::DELETE).statusCode())
                .isEqualTo(204);
        assertThat(server.service.get(key)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "user:42", "a.b", "a%20b", "%C3%A9", "a+b", "~", "a%3Bb", "%3F", "%23", "a%5Db"})
    void anUnambiguousKeyMayStandInThePath(String raw) throws Exception {
        assertThat(server.put("/v1/entries/" + raw, raw).statusCode()).isEqualTo(201);

        assertThat(text(server.get("/v1/entries/" + raw))).isEqualTo(raw);
        String key = java.net.URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        assertThat(text(server.get(entry(key)))).as("the same entry").isEqualTo(raw);
        server.service.delete(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a//b",
                "/",
                "//",
                "..",
                ".",
                "../v1/stats",
                "a/../b",
                "a/./b",
                "%2F",
                "a%2fb",
                "%2e%2e",
                "%2e",
                "..;/a",
                "a;b",
                ";",
                "a%5Cb",
                "%00",
                "%",
                "%4",
                "%zz",
                "%ff",
                "%c0%af",
                "%ed%a0%80",
                "a%2F..%2Fb",
                ""
            })
    void aPathWithMoreThanOneReadingIsRefusedAndStoresNothing(String raw) throws Exception {
        long before = server.service.stats().puts();
        String answer = server.raw("PUT /v1/entries/" + raw
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");

        assertThat(answer).startsWith("HTTP/1.1 40").contains("application/problem+json");
        assertThat(server.service.stats().puts()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "?key=", "?key", "?k=a", "?key=a&key=b", "?key=%", "?key=%ff", "?key=%zz", "?key=%c0%af"
            })
    void aQueryWithoutOneKeyIsRefused(String query) throws Exception {
        long before = server.service.stats().puts();
        String answer = server.raw("PUT /v1/entry" + query
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        assertThat(server.service.stats().puts()).isEqualTo(before);
    }

    @Test
    void aPlusIsASpaceInTheQueryAndItselfInThePath() throws Exception {
        server.put("/v1/entry?key=p+q", "space");
        server.put("/v1/entries/p+q", "plus");

        assertThat(text(server.get("/v1/entry?key=p%20q"))).isEqualTo("space");
        assertThat(text(server.get("/v1/entry?key=p%2Bq"))).isEqualTo("plus");
        server.service.deleteAll(java.util.List.of("p q", "p+q"));
    }

    @Test
    void aKeyOverTheBoundIsABadRequestThatNamesTheBound() throws Exception {
        HttpResponse<byte[]> answer = server.put(entry("k".repeat(4097)), "x");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("maxKeyBytes");
    }

    @Test
    void theLongestKeyFitsHoweverItIsEncoded() throws Exception {
        String key = "é".repeat(2048);

        assertThat(server.put(entry(key), "x").statusCode()).isEqualTo(201);
        assertThat(server.send(entry(key), HttpRequest.Builder::DELETE).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aKeyIsShownToNobodyUnescaped() throws Exception {
        HttpResponse<byte[]> answer = server.get("/v1/inspect?key=%3Cscript%3E%22%0A");

        assertThat(RunningServer.header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(RunningServer.json(answer).path("key").asString()).isEqualTo("<script>\"\n");
    }
}
