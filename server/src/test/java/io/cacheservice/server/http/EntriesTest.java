package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.header;
import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(c -> c.maxValueBytes(100_000));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aNewKeyIsCreatedAndAnOldOneReplaced() throws Exception {
        assertThat(server.put("/v1/entries/fresh", "1").statusCode()).isEqualTo(201);
        assertThat(server.put("/v1/entries/fresh", "2").statusCode()).isEqualTo(204);
        assertThat(text(server.get("/v1/entries/fresh"))).isEqualTo("2");
    }

    @Test
    void everyByteComesBack() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        server.send("/v1/entries/bytes", r -> r.PUT(HttpRequest.BodyPublishers.ofByteArray(all)));

        HttpResponse<byte[]> answer = server.get("/v1/entries/bytes");

        assertThat(answer.body()).isEqualTo(all);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(answer, "Content-Length")).isEqualTo("256");
    }

    @Test
    void anEmptyValueIsAValue() throws Exception {
        server.put("/v1/entries/empty", "");

        HttpResponse<byte[]> answer = server.get("/v1/entries/empty");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anAnswerSaysHowOldItIsHowLongItLivesAndWhereItCameFrom() throws Exception {
        server.put("/v1/entries/told?ttl=1h", "x");

        HttpResponse<byte[]> answer = server.get("/v1/entries/told");

        assertThat(header(answer, "Age")).isEqualTo("0");
        assertThat(Long.parseLong(header(answer, "Ttl-Millis"))).isBetween(3_590_000L, 3_600_000L);
        assertThat(header(answer, "ETag")).matches("\"[0-9A-Za-z-]+\"");
        assertThat(header(answer, "Cache-Status")).matches("cache-service; hit; ttl=3[56]\\d\\d; detail=local");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void headAnswersAsGetWithoutTheBody() throws Exception {
        server.put("/v1/entries/headed", "12345");

        HttpResponse<byte[]> answer =
                server.send("/v1/entries/headed", r -> r.method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("5");
        assertThat(header(answer, "ETag")).startsWith("\"");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aMissIsANotFoundOfItsOwnType() throws Exception {
        HttpResponse<byte[]> answer = server.get("/v1/entries/nowhere");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(answer).path("type").asString()).isEqualTo("/miss");
        assertThat(json(answer).path("status").asInt()).isEqualTo(404);
        assertThat(header(answer, "Cache-Status")).isEqualTo("cache-service; detail=not-found");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void theStoredContentTypeComesBackOnEveryKindOfWrite() throws Exception {
        server.put("/v1/entries/typed", "{}", "Content-Type", "application/json");
        assertThat(header(server.get("/v1/entries/typed"), "Content-Type")).isEqualTo("application/json");

        server.put("/v1/entries/typed", "a", "Content-Type", "text/plain;charset=utf-8", "If-Match", "*");
        assertThat(header(server.get("/v1/entries/typed"), "Content-Type")).isEqualTo("text/plain;charset=utf-8");

        server.put("/v1/entries/typed", "b", "Content-Type", "text/css");
        assertThat(header(server.get("/v1/entries/typed"), "Content-Type")).isEqualTo("text/css");
    }

    @Test
    void aDeletedKeyIsAbsentAndDeletingItAgainIsNoError() throws Exception {
        server.put("/v1/entries/gone", "x");

        assertThat(server.send("/v1/entries/gone", HttpRequest.Builder::DELETE).statusCode())
                .isEqualTo(204);
        assertThat(server.get("/v1/entries/gone").statusCode()).isEqualTo(404);
        assertThat(server.send("/v1/entries/gone", HttpRequest.Builder::DELETE).statusCode())
                .isEqualTo(204);
    }

    @Test
    void anEntryWithoutEndHasNoTtl() throws Exception {
        assertThat(server.put("/v1/entries/ever?ttl=none", "x").statusCode()).isEqualTo(201);

        HttpResponse<byte[]> answer = server.get("/v1/entries/ever");

        assertThat(header(answer, "Ttl-Millis")).isEqualTo("(none)");
        assertThat(header(answer, "Cache-Status")).isEqualTo("cache-service; hit; detail=local");
    }

    @Test
    void withoutATtlTheDefaultOneHolds() throws Exception {
        server.put("/v1/entries/usual", "x");

        assertThat(Long.parseLong(header(server.get("/v1/entries/usual"), "Ttl-Millis")))
                .isBetween(3_590_000L, 3_600_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"30", "1.5s", "-1s", "0s", "0ms", "s", "", "1y", "99999d", "999999999999999999s", "1s&ttl=2s"})
    void aTtlThatIsNoneIsRefused(String ttl) throws Exception {
        HttpResponse<byte[]> answer = server.put("/v1/entries/bad-ttl?ttl=" + ttl, "x");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).contains("ttl");
        assertThat(server.get("/v1/entries/bad-ttl").statusCode()).isEqualTo(404);
    }

    @Test
    void ifNoneMatchStarWritesOnlyWhatIsAbsent() throws Exception {
        assertThat(server.put("/v1/entries/once", "1", "If-None-Match", "*").statusCode())
                .isEqualTo(201);

        HttpResponse<byte[]> second = server.put("/v1/entries/once", "2", "If-None-Match", "*");

        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(text(server.get("/v1/entries/once"))).isEqualTo("1");
    }

    @Test
    void ifMatchWritesOnlyOverTheEntryNamed() throws Exception {
        server.put("/v1/entries/cas", "1");
        String first = header(server.get("/v1/entries/cas"), "ETag");

        assertThat(server.put("/v1/entries/cas", "2", "If-Match", first).statusCode())
                .isEqualTo(204);
        assertThat(server.put("/v1/entries/cas", "3", "If-Match", first).statusCode())
                .isEqualTo(412);
        assertThat(text(server.get("/v1/entries/cas"))).isEqualTo("2");

        String second = header(server.get("/v1/entries/cas"), "ETag");
        assertThat(server.put("/v1/entries/cas", "4", "If-Match", "\"other\", " + second)
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.put("/v1/entries/cas", "5", "If-Match", "W/" + second).statusCode())
                .as("weak tags never match")
                .isEqualTo(412);
    }

    @Test
    void ifMatchStarWritesOnlyWhatIsThere() throws Exception {
        assertThat(server.put("/v1/entries/never", "1", "If-Match", "*").statusCode())
                .isEqualTo(412);
        server.put("/v1/entries/there", "1");
        assertThat(server.put("/v1/entries/there", "2", "If-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(text(server.get("/v1/entries/there"))).isEqualTo("2");
    }

    @Test
    void aReaderThatHasTheEntryIsToldSo() throws Exception {
        server.put("/v1/entries/known", "1");
        String tag = header(server.get("/v1/entries/known"), "ETag");

        HttpResponse<byte[]> answer = server.send("/v1/entries/known", r -> r.header("If-None-Match", tag));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "ETag")).isEqualTo(tag);
    }

    private int deleted(String path, String field, String condition) throws Exception {
        return server.send(path, r -> r.header(field, condition).DELETE()).statusCode();
    }

    @Test
    void aDeleteIfMatchRemovesExactlyTheEntryThatWasSeen() throws Exception {
        server.put("/v1/entries/seen", "1");
        String first = header(server.get("/v1/entries/seen"), "ETag");
        server.put("/v1/entries/seen", "2");
        String second = header(server.get("/v1/entries/seen"), "ETag");

        assertThat(deleted("/v1/entries/seen", "If-Match", first)).isEqualTo(412);
        assertThat(deleted("/v1/entries/seen", "If-Match", "W/" + second))
                .as("a weak tag never matches here")
                .isEqualTo(412);
        assertThat(server.get("/v1/entries/seen").statusCode()).isEqualTo(200);
        assertThat(deleted("/v1/entries/seen", "If-Match", first + ", " + second))
                .isEqualTo(204);
        assertThat(server.get("/v1/entries/seen").statusCode()).isEqualTo(404);
        assertThat(deleted("/v1/entries/seen", "If-Match", second)).isEqualTo(412);
    }

    @Test
    void aDeleteIfAnythingIsThereNeedsSomething() throws Exception {
        server.put("/v1/entries/any", "1");

        assertThat(deleted("/v1/entries/any", "If-Match", "*")).isEqualTo(204);
        assertThat(deleted("/v1/entries/any", "If-Match", "*")).isEqualTo(412);
    }

    @Test
    void aDeleteIfNoneMatchSparesWhatItNames() throws Exception {
        server.put("/v1/entries/named", "1");
        String tag = header(server.get("/v1/entries/named"), "ETag");

        assertThat(deleted("/v1/entries/named", "If-None-Match", "W/" + tag)).isEqualTo(412);
        assertThat(deleted("/v1/entries/named", "If-None-Match", "*")).isEqualTo(412);
        assertThat(deleted("/v1/entries/named", "If-None-Match", "\"another\"")).isEqualTo(204);
        assertThat(server.get("/v1/entries/named").statusCode()).isEqualTo(404);
        assertThat(deleted("/v1/entries/named", "If-None-Match", "*"))
                .as("it need not be there")
                .isEqualTo(204);
        assertThat(deleted("/v1/entries/named", "If-None-Match", tag)).isEqualTo(204);
    }

    @Test
    void aConditionOfADeleteThatIsNotUnderstoodRemovesNothing() throws Exception {
        server.put("/v1/entries/kept", "1");

        assertThat(deleted("/v1/entries/kept", "If-Match", "a")).isEqualTo(400);
        assertThat(server.get("/v1/entries/kept").statusCode()).isEqualTo(200);
    }

    @Test
    void aValueOverTheBoundIsTooLargeWithAndWithoutALength() throws Exception {
        byte[] large = new byte[100_001];

        HttpResponse<byte[]> declared =
                server.send("/v1/entries/large", r -> r.PUT(HttpRequest.BodyPublishers.ofByteArray(large)));
        HttpResponse<byte[]> chunked = server.send(
                "/v1/entries/large",
                r -> r.PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));

        assertThat(declared.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(declared.headers().firstValue("Connection"))
                .as("for the rest of the body is not read")
                .contains("close");
        assertThat(json(declared).path("detail").asString()).contains("100000").contains("maxValueBytes");
        assertThat(server.get("/v1/entries/large").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"Content-Encoding,gzip,415", "Content-Encoding,'identity, br',415", "Content-Range,bytes 0-0/2,400"})
    void aFieldThatChangesWhatTheBytesMeanIsRefused(String name, String value, int status) throws Exception {
        HttpResponse<byte[]> answer = server.put("/v1/entries/encoded", "x", name, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("detail").asString()).contains(name);
        assertThat(server.get("/v1/entries/encoded").statusCode()).isEqualTo(404);
    }

    @Test
    void theIdentityEncodingIsNone() throws Exception {
        assertThat(server.put("/v1/entries/plain", "x", "Content-Encoding", "identity")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void storedHtmlIsNoPageOfTheCache() throws Exception {
        server.put("/v1/entries/page", "<script>", "Content-Type", "text/html");

        assertThat(header(server.get("/v1/entries/page"), "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; sandbox");
        assertThat(server.raw("GET /v1/entries/a%2fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("Content-Security-Policy: default-src 'none'; sandbox");
    }

    @Test
    void aFullMemoryIsInsufficientStorage() throws Exception {
        try (RunningServer small = RunningServer.start(c -> c.maxMemory(1 << 20).maxMemoryPolicy("noeviction"))) {
            byte[] value = new byte[200_000];
            int status = 201;
            for (int i = 0; i < 10 && status == 201; i++) {
                String target = "/v1/entries/fill" + i;
                status = small.send(target, r -> r.PUT(HttpRequest.BodyPublishers.ofByteArray(value)))
                        .statusCode();
            }
            assertThat(status).isEqualTo(507);
        }
    }
}
