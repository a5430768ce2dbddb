package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.header;
import static io.cacheservice.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Tier;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BatchesTest {
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(c -> c.maxValueBytes(1000));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatWasSetTogetherIsReadTogetherInTheOrderAsked() throws Exception {
        HttpResponse<byte[]> set = server.post("/v1/entries:set", """
                {"ttl": "1h", "entries": [
                  {"key": "a", "text": "ä"},
                  {"key": "b/../c", "base64": "/wA=", "ttl": "2h", "contentType": "image/png"},
                  {"key": "d", "text": "", "ttl": "none"}]}
                """);
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(json(set).path("applied").asInt()).isEqualTo(3);
        assertThat(json(set).path("errors").isEmpty()).isTrue();

        JsonNode got =
                json(server.post("/v1/entries:get", "{\"keys\": [\"d\", \"nowhere\", \"b/../c\", \"a\", \"a\"]}"));

        JsonNode entries = got.path("entries");
        assertThat(entries).extracting(e -> e.path("key").asString()).containsExactly("d", "b/../c", "a");
        assertThat(entries.path(0).path("text").asString("none")).isEmpty();
        assertThat(entries.path(0).has("ttlMillis")).isFalse();
        assertThat(entries.path(1).path("base64").asString()).isEqualTo("/wA=");
        assertThat(entries.path(1).has("text")).isFalse();
        assertThat(entries.path(1).path("contentType").asString()).isEqualTo("image/png");
        assertThat(entries.path(1).path("ttlMillis").asLong()).isBetween(7_190_000L, 7_200_000L);
        assertThat(entries.path(2).path("text").asString()).isEqualTo("ä");
        assertThat(entries.path(2).path("ttlMillis").asLong()).isBetween(3_590_000L, 3_600_000L);
        assertThat(got.path("missing")).extracting(JsonNode::asString).containsExactly("nowhere");
        assertThat(got.path("errors").isEmpty()).isTrue();
    }

    @Test
    void keysThatFailStandApartAndTheOthersAreStored() throws Exception {
        JsonNode answer = json(server.post(
                "/v1/entries:set",
                "{\"entries\": [{\"key\": \"big\", \"text\": \"" + "x".repeat(1001)
                        + "\"}, {\"key\": \"\", \"text\": \"y\"}, {\"key\": \"good\", \"text\": \"z\"}]}"));

        assertThat(answer.path("applied").asInt()).isEqualTo(1);
        assertThat(answer.path("errors"))
                .extracting(e -> e.path("key").asString())
                .containsExactly("big", "");
        assertThat(answer.path("errors"))
                .extracting(e -> e.path("status").asInt())
                .containsExactly(413, 400);
        assertThat(server.service.get("good")).isNotNull();
    }

    @Test
    void aKeyThatCannotBeAKeyFailsAloneInAReadToo() throws Exception {
        server.service.set("good", new byte[] {'z'}, Duration.ofHours(1));

        JsonNode answer = json(server.post("/v1/entries:get", "{\"keys\": [\"\", \"good\"]}"));

        assertThat(answer.path("entries").size()).isEqualTo(1);
        assertThat(answer.path("errors"))
                .extracting(e -> e.path("status").asInt())
                .containsExactly(400);
    }

    @Test
    void keysThatCannotBeKeysFailAloneInADeleteToo() throws Exception {
        server.service.set("good", new byte[1]);
        server.service.set("fine", new byte[1]);
        String large = "k".repeat(100_000);

        JsonNode answer = json(server.post(
                "/v1/entries:delete", "{\"keys\": [\"\", \"good\", \"" + large + "\", \"fine\", \"none\"]}"));

        assertThat(answer.path("applied").asInt()).isEqualTo(3);
        assertThat(answer.path("errors"))
                .extracting(e -> e.path("key").asString())
                .containsExactly("", large);
        assertThat(answer.path("errors"))
                .extracting(e -> e.path("status").asInt())
                .containsOnly(400);
        assertThat(server.service.get("good")).isNull();
        assertThat(server.service.get("fine")).isNull();
    }

    @Test
    void aKeyThatCannotBeAKeyFailsAloneInAPreWarmToo() throws Exception {
        server.service.source("db:*", key -> new byte[] {1});

        JsonNode answer = json(server.post("/v1/prewarm", "{\"keys\": [\"db:1\", \"\", \"db:2\"]}"));

        assertThat(answer.path("loaded").asInt()).isEqualTo(2);
        assertThat(answer.path("errors"))
                .extracting(e -> e.path("key").asString())
                .containsExactly("");
        assertThat(answer.path("errors"))
                .extracting(e -> e.path("status").asInt())
                .containsExactly(400);
    }

    @Test
    void whatClientsAreNotToldIsLoggedEachCauseOnce() throws Exception {
        server.service.source("db:*", key -> {
            throw new IllegalStateException("down: " + (key.equals("db:3") ? "other" : "same"));
        });
        String keys = "{\"keys\": [\"db:1\", \"db:2\", \"db:3\"]}";

        for (String target : new String[] {"/v1/entries:get", "/v1/prewarm"}) {
            try (Logged logged = new Logged()) {
                JsonNode answer = json(server.post(target, keys));

                assertThat(answer.path("errors"))
                        .extracting(e -> e.path("type").asString())
                        .containsExactly("/source-failed", "/source-failed", "/source-failed");
                assertThat(logged.causes())
                        .containsExactlyInAnyOrder(
                                "java.lang.IllegalStateException: down: same",
                                "java.lang.IllegalStateException: down: other");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\\ud800y\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\\udc00\"}]}",
                "{\"entries\": [{\"key\": \"\\ud800x\", \"text\": \"x\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\", \"\\ud800x\": 1}]}",
                "{\"ttl\": \"\\ud800\", \"entries\": [{\"key\": \"a\", \"text\": \"x\"}]}"
            })
    void halfASurrogatePairIsNoText(String body) throws Exception {
        HttpResponse<byte[]> answer = server.post("/v1/entries:set", body);

        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).contains("surrogate").doesNotContain("x'");
        assertThat(server.service.stats().localEntries()).isZero();
    }

    @Test
    void halfASurrogatePairIsNoKeyInAReadEither() throws Exception {
        HttpResponse<byte[]> answer = server.post("/v1/entries:get", "{\"keys\": [\"good\", \"\\ud800x\"]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).contains("surrogate");
    }

    @Test
    void aWholeSurrogatePairIsText() throws Exception {
        server.post("/v1/entries:set", "{\"entries\": [{\"key\": \"\\ud83d\\ude00\", \"text\": \"\\ud83d\\ude00\"}]}");

        assertThat(server.service.get("\ud83d\ude00"))
                .isEqualTo("\ud83d\ude00".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void deletedTogether() throws Exception {
        server.service.set("a", new byte[1]);
        server.service.set("b", new byte[1]);

        JsonNode answer = json(server.post("/v1/entries:delete", "{\"keys\": [\"a\", \"b\", \"c\"]}"));

        assertThat(answer.path("applied").asInt()).isEqualTo(3);
        assertThat(server.service.get("a")).isNull();
        assertThat(server.service.get("b")).isNull();
    }

    @Test
    void aThousandKeysAreServedAndOneMoreIsRefused() throws Exception {
        assertThat(server.post("/v1/entries:set", entries(1000)).statusCode()).isEqualTo(200);
        assertThat(json(server.post("/v1/entries:get", keys(1000)))
                        .path("entries")
                        .size())
                .isEqualTo(1000);

        HttpResponse<byte[]> tooMany = server.post("/v1/entries:get", keys(1001));
        assertThat(tooMany.statusCode()).isEqualTo(413);
        assertThat(json(tooMany).path("detail").asString()).contains("1001").contains("1000");
        assertThat(server.post("/v1/entries:set", entries(1001)).statusCode()).isEqualTo(413);
        assertThat(server.post("/v1/entries:delete", keys(1001)).statusCode()).isEqualTo(413);
        assertThat(server.post("/v1/prewarm", keys(1001)).statusCode()).isEqualTo(413);
    }

    @Test
    void noKeysAreAnEmptyAnswer() throws Exception {
        JsonNode answer = json(server.post("/v1/entries:get", "{\"keys\": []}"));

        assertThat(answer.path("entries").isArray()).isTrue();
        assertThat(answer.path("missing").isArray()).isTrue();
    }

    @Test
    void hardlyMoreValuesAreReadThanAnAnswerHolds() throws Exception {
        try (RunningServer small = RunningServer.start(
                c -> c.maxValueBytes(1000), limits -> LimitsInTests.with(limits, 10_000, 64, 1024))) {
            for (int i = 0; i < 300; i++) {
                small.service.set("k" + i, new byte[1000]);
            }

            JsonNode answer = json(small.post("/v1/entries:get", keys(300)));

            assertThat(answer.path("entries").size()).isEqualTo(10);
            assertThat(answer.path("errors").size()).isEqualTo(290);
            assertThat(small.service.stats().hits().get(Tier.LOCAL)).isBetween(10L, 11L);
        }
    }

    @Test
    void valuesThatFillAnAnswerLeaveTheOthersForTheNextOne() throws Exception {
        try (RunningServer small =
                RunningServer.start(c -> c, limits -> LimitsInTests.with(limits, 10_000, 64, 1024))) {
            for (int i = 0; i < 300; i++) {
                small.service.set("k" + i, new byte[100]);
            }

            JsonNode answer = json(small.post("/v1/entries:get", keys(300)));

            assertThat(answer.path("entries").size()).isEqualTo(100);
            assertThat(answer.path("errors").size()).isEqualTo(200);
            assertThat(answer.path("errors").path(0).path("status").asInt()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"keys\": 1}",
                "{\"keys\": [1]}",
                "{\"keys\": [null]}",
                "{\"keyz\": []}",
                "{\"keys\": [], \"keys\": []}",
                "{\"keys\": [\"a\"]} x",
                "[[[[[[[[[[[[[[]]]]]]]]]]]]]]",
                "{\"keys\": [], \"ttl\": \"1s\"}"
            })
    void aReadThatIsNotUnderstoodIsRefused(String body) throws Exception {
        HttpResponse<byte[]> answer = server.post("/v1/entries:get", body);

        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"entries\": {}}",
                "{\"entries\": [1]}",
                "{\"entries\": [{\"text\": \"x\"}]}",
                "{\"entries\": [{\"key\": \"a\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\", \"base64\": \"eA==\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": 1}]}",
                "{\"entries\": [{\"key\": \"a\", \"base64\": \"*\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\", \"ttl\": \"soon\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\", \"ttl\": 5}]}",
                "{\"ttl\": \"0s\", \"entries\": [{\"key\": \"a\", \"text\": \"x\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\", \"tll\": \"1s\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\", \"contentType\": \"a\\nb\"}]}",
                "{\"entries\": [{\"key\": \"a\", \"text\": \"x\"}, {\"key\": \"a\", \"text\": \"y\"}]}"
            })
    void aWriteThatIsNotUnderstoodStoresNothing(String body) throws Exception {
        assertThat(server.post("/v1/entries:set", body).statusCode()).as(body).isEqualTo(400);
        assertThat(server.service.stats().localEntries()).isZero();
    }

    @Test
    void aBodyMustSayThatItIsJson() throws Exception {
        HttpResponse<byte[]> answer = server.send(
                "/v1/entries:delete",
                r -> r.header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"keys\":[\"a\"]}")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).path("type").asString()).isEqualTo("/unsupported-media-type");
    }

    @Test
    void preWarmTellsWhatItFound() throws Exception {
        server.service.source("db:*", key -> key.equals("db:none") ? null : new byte[] {1});
        server.service.set("here", new byte[1]);

        JsonNode answer = json(server.post("/v1/prewarm", "{\"keys\": [\"db:1\", \"db:2\", \"db:none\", \"here\"]}"));

        assertThat(answer.path("loaded").asInt()).isEqualTo(2);
        assertThat(answer.path("present").asInt()).isEqualTo(1);
        assertThat(server.service.stats().loadSuccesses()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void refreshTellsWhatItDecided() throws Exception {
        server.service.set("plain", new byte[1], Duration.ofHours(1));

        assertThat(json(server.post("/v1/refresh", "{\"key\": \"nowhere\"}"))
                        .path("outcome")
                        .asString())
                .isIn("absent", "no_source");
        assertThat(server.post("/v1/refresh", "{\"key\": \"plain\", \"threshold\": \"1d\", \"probability\": 2}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.post("/v1/refresh", "{}").statusCode()).isEqualTo(400);
        assertThat(server.post("/v1/refresh", "{\"key\": \"plain\", \"threshold\": \"none\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(server.post("/v1/refresh", "{\"key\": \"plain\", \"threshold\": \"1y\"}"))
                        .path("detail")
                        .asString())
                .contains("threshold = '1y'")
                .doesNotContain("life without end");
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\"")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"key\":\"k" + i + "\",\"text\":\"v\"}")
                .collect(Collectors.joining(",", "{\"entries\":[", "]}"));
    }
}
