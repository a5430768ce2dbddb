package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.RedisServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class StoredEntriesOverHttpTest {
    private static RedisServer redis;
    private static RunningServer overRedis;
    private static RunningServer local;

    private enum Where {
        REDIS,
        LOCAL
    }

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start();
        overRedis =
                RunningServer.start(config -> config.url(redis.url()).coherenceSampleInterval(Duration.ofMillis(10)));
        local = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        local.close();
        overRedis.close();
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void theKeysThatBeginSoComeInPages(Where where) throws Exception {
        RunningServer server = server(where);
        List<String> written =
                IntStream.range(0, 230).mapToObj(i -> "page a&b/" + i).toList();
        written.forEach(key -> server.service.set(key, new byte[] {1}));
        server.service.set("elsewhere", new byte[] {1});

        List<String> listed = new ArrayList<>();
        int pages = 0;
        String cursor = "";
        while (cursor != null) {
            JsonNode page = json(server.get("/v1/keys?prefix=page+a%26b%2F" + cursor));
            page.path("keys").forEach(key -> listed.add(key.asString()));
            assertThat(page.path("unlisted").isEmpty()).isTrue();
            cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").asString() : null;
            pages++;
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(written);
        assertThat(pages).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS,/v1/keys,'prefix'",
        "LOCAL,/v1/keys,'prefix'",
        "REDIS,/v1/keys?prefix=&cursor=%21,begin again",
        "LOCAL,/v1/keys?prefix=&cursor=%21,begin again",
        "LOCAL,/v1/inspect,'key'",
        "LOCAL,/v1/inspect?key=a&value=yes,expected true or false"
    })
    void aWrongQuestionIsRefusedWithWhatIsExpected(Where where, String target, String remedy) throws Exception {
        HttpResponse<byte[]> answer = server(where).get(target);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).contains(remedy);
    }

    @ParameterizedTest
    @EnumSource
    void anEntryIsToldAndItsValueOnlyWhenAskedFor(Where where) throws Exception {
        RunningServer server = server(where);
        server.put("/v1/entries/seen?ttl=10m", "12345", "Content-Type", "text/css");

        HttpResponse<byte[]> there = server.get("/v1/inspect?key=seen");
        JsonNode withValue = json(server.get("/v1/inspect?key=seen&value=true"));
        JsonNode absent = json(server.get("/v1/inspect?key=nowhere"));

        assertThat(json(there).path("exists").asBoolean()).isTrue();
        assertThat(json(there).path("tier").asString()).isEqualTo(where == Where.REDIS ? "remote" : "local");
        assertThat(json(there).path("format").asString()).isEqualTo(where == Where.REDIS ? "framed" : "object");
        assertThat(json(there).path("valueBytes").asInt()).isEqualTo(5);
        assertThat(json(there).path("ttlMillis").asLong()).isBetween(500_000L, 600_000L);
        assertThat(json(there).path("entry").path("contentType").asString()).isEqualTo("text/css");
        assertThat(json(there).path("entry").path("kind").asString()).isEqualTo("value");
        assertThat(json(there).path("redis").has("memoryBytes")).isEqualTo(where == Where.REDIS);
        assertThat(text(there)).doesNotContain("12345");
        assertThat(withValue.path("text").asString()).isEqualTo("12345");
        assertThat(absent.path("exists").asBoolean(true)).isFalse();
        assertThat(absent.has("entry")).isFalse();
    }

    @Test
    void howAnEntryWasCompressedAndWithWhichKeyItIsEncryptedIsTold(@TempDir Path folder) throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "7 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        try (RunningServer sealing = RunningServer.start(config ->
                config.url(redis.url()).encryptionKeysFile(keys.toString()).compression("zstd"))) {
            sealing.put("/v1/entries/sealed?ttl=10m", "to and fro, ".repeat(100));

            JsonNode there = json(sealing.get("/v1/inspect?key=sealed"));
            JsonNode elsewhere = json(overRedis.get("/v1/inspect?key=sealed&value=true"));

            assertThat(there.path("entry").path("encryptedWith").asInt()).isEqualTo(7);
            assertThat(there.path("entry").path("compression").asString()).isEqualTo("zstd");
            assertThat(there.path("storedBytes").asInt()).isLessThan(300);
            assertThat(elsewhere.path("entry").path("encryptedWith").asInt())
                    .as("who has no key sees that one is needed")
                    .isEqualTo(7);
            assertThat(elsewhere.path("base64").asString())
                    .as("as it stands in Redis")
                    .isNotEmpty()
                    .isEqualTo(json(sealing.get("/v1/inspect?key=sealed&value=true"))
                            .path("base64")
                            .asString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryGetsAnotherLife(Where where) throws Exception {
        RunningServer server = server(where);
        server.put("/v1/entries/lives?ttl=10m", "12345");

        HttpResponse<byte[]> longer = server.post("/v1/expire", "{\"key\":\"lives\",\"ttl\":\"2h\"}");
        long left = Long.parseLong(RunningServer.header(server.get("/v1/entries/lives"), "Ttl-Millis"));
        HttpResponse<byte[]> endless = server.post("/v1/expire", "{\"key\":\"lives\",\"ttl\":\"none\"}");

        assertThat(longer.statusCode()).isEqualTo(204);
        assertThat(left).isBetween(7_100_000L, 7_200_000L);
        assertThat(endless.statusCode()).isEqualTo(204);
        assertThat(RunningServer.header(server.get("/v1/entries/lives"), "Ttl-Millis"))
                .isEqualTo("(none)");
        assertThat(server.post("/v1/expire", "{\"key\":\"nowhere\",\"ttl\":\"2h\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.post("/v1/expire", "{\"key\":\"lives\",\"ttl\":\"0s\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.post("/v1/expire", "{\"key\":\"lives\"}").statusCode())
                .isEqualTo(204);
        assertThat(server.get("/v1/entries/lives").statusCode())
                .as("it has expired")
                .isEqualTo(404);
    }

    @Test
    void theCopyInThisProcessIsToldBesideTheEntryInRedis() throws Exception {
        overRedis.put("/v1/entries/copied?ttl=10m", "12345", "Content-Type", "text/css");
        assertThat(json(overRedis.get("/v1/inspect?key=copied")).has("local")).isFalse();
        overRedis.get("/v1/entries/copied");

        JsonNode details = json(overRedis.get("/v1/inspect?key=copied"));

        JsonNode copy = details.path("local");
        assertThat(copy.path("standing").asString()).isEqualTo("usable");
        assertThat(copy.path("tracked").asBoolean(false)).isTrue();
        assertThat(copy.path("connection").asString()).isEqualTo("127.0.0.1:" + redis.port() + "/0");
        assertThat(copy.path("bytes").asLong()).isGreaterThan(5);
        assertThat(copy.path("ttlMillis").asLong()).isBetween(500_000L, 600_000L);
        assertThat(copy.path("entry").path("version"))
                .isEqualTo(details.path("entry").path("version"));
        assertThat(copy.path("entry").path("contentType").asString()).isEqualTo("text/css");
    }

    @Test
    void howCopiesAreKeptCoherentIsTold() throws Exception {
        overRedis.put("/v1/entries/watched", "12345");
        overRedis.get("/v1/entries/watched");
        Awaitility.await()
                .until(() -> json(overRedis.get("/v1/coherence"))
                                .path("samples")
                                .path("compared")
                                .asLong()
                        > 0);

        JsonNode coherence = json(overRedis.get("/v1/coherence"));

        assertThat(coherence.path("maxStalenessMillis").asLong()).isEqualTo(1_000);
        assertThat(coherence.path("ninesWithinMaxStaleness").asDouble()).isPositive();
        assertThat(coherence.path("keys").asLong()).isPositive();
        assertThat(coherence.path("connections").size()).isEqualTo(1);
        assertThat(coherence.path("connections").get(0).path("doubt").asString())
                .isEmpty();
        assertThat(text(overRedis.get("/metrics")))
                .contains("cache_coherence_nines{within=\"zero\"}")
                .contains("cache_coherence_samples_total{result=\"same\"}");
    }

    private static RunningServer server(Where where) {
        return where == Where.REDIS ? overRedis : local;
    }
}
