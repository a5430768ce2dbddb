package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.header;
import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.server.source.CityDatabase;
import io.cacheservice.server.source.ServiceWithSources;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cold key is answered from a real database. */
class SourcesOverHttpTest {
    private static final String BERLIN = "/v1/entries/city:2950159";

    @TempDir
    private Path folder;

    private CityDatabase database;
    private ServiceWithSources sources;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        database = CityDatabase.open();
        database.run("set query_statistics true");
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("a.html"), "<p>hello</p>");
        Files.writeString(files.resolve("a"), "bytes");
        sources = ServiceWithSources.open(
                folder,
                """
                sources:
                  - pattern: "city:*"
                    jdbc:
                      url: URL
                      username: USER
                      passwordEnv: GEO_PASSWORD
                      bulkQuery: select id as "id", name as "name", country as "country" from city where id in (?)
                      keyColumn: id
                      keyType: number
                  - pattern: "broken:*"
                    jdbc: {url: URL, username: USER, passwordEnv: GEO_PASSWORD, query: select * from nowhere where id = ?}
                  - pattern: "slow:*"
                    jdbc:
                      url: URL
                      username: USER
                      passwordEnv: GEO_PASSWORD
                      query: select sum(a.x) from system_range(1, 9999999) a, system_range(1, 9999999) where '' <> ?
                      timeout: 1s
                  - pattern: "file:*"
                    directory: {path: FILES}
                """.replace("URL", database.url())
                        .replace("USER", CityDatabase.USER)
                        .replace("FILES", files.toString()),
                Map.of("GEO_PASSWORD", CityDatabase.PASSWORD),
                settings -> settings);
        server = RunningServer.over(sources);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        sources.close();
        database.close();
    }

    @Test
    void aColdKeyIsAnsweredFromTheDatabaseAndThenFromTheCache() throws Exception {
        HttpResponse<byte[]> cold = server.get(BERLIN);
        HttpResponse<byte[]> warm = server.get(BERLIN);

        for (HttpResponse<byte[]> answer : List.of(cold, warm)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(text(answer)).isEqualTo("{\"id\":2950159,\"name\":\"Berlin\",\"country\":\"DE\"}");
            assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        }
        assertThat(header(cold, "Cache-Status")).contains("fwd=miss").contains("detail=source");
        assertThat(header(warm, "Cache-Status")).contains("hit");
        assertThat(queries()).isEqualTo(1);
        assertThat(json(server.get("/v1/stats")).path("loadSuccesses").asInt()).isEqualTo(1);
    }

    @Test
    void aKeyThatNoRowHasIsAMiss() throws Exception {
        HttpResponse<byte[]> answer = server.get("/v1/entries/city:1");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("type").asString()).isEqualTo("/miss");
    }

    @Test
    void aSourceThatFailsIsNamedByItsPatternAndTheLogHasTheCause() throws Exception {
        try (Logged logged = new Logged()) {
            HttpResponse<byte[]> answer = server.get("/v1/entries/broken:1");

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(header(answer, "Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
            assertThat(json(answer).path("type").asString()).isEqualTo("/source-failed");
            assertThat(json(answer).path("detail").asString()).contains("'broken:*'");
            assertThat(text(answer))
                    .doesNotContain(CityDatabase.PASSWORD)
                    .doesNotContain(CityDatabase.USER)
                    .doesNotContain("jdbc:")
                    .doesNotContainIgnoringCase("nowhere");
            assertThat(logged.causes()).singleElement().asString().containsIgnoringCase("nowhere");
        }
    }

    @Test
    void aSourceThatIsTooSlowIsAnswered504() throws Exception {
        HttpResponse<byte[]> answer = server.get("/v1/entries/slow:1");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(json(answer).path("type").asString()).isEqualTo("/source-timeout");
        assertThat(json(answer).path("detail").asString()).contains("'slow:*'");
    }

    @Test
    void aBatchAsksTheDatabaseForManyKeysAtOnce() throws Exception {
        List<Long> ids = database.numbers("select id from city order by id");
        String keys = ids.stream().map(id -> "\"city:" + id + "\"").collect(Collectors.joining(","));

        JsonNode answer = json(server.post("/v1/entries:get", "{\"keys\": [" + keys + ", \"city:1\"]}"));

        assertThat(answer.path("entries").size()).isEqualTo(105);
        assertThat(answer.path("missing")).extracting(JsonNode::asString).containsExactly("city:1");
        assertThat(answer.path("entries").path(0).path("contentType").asString())
                .isEqualTo("application/json");
        assertThat(queries())
                .as("as many keys at first as surely fit into an answer, then the others")
                .isEqualTo(2);
    }

    @Test
    void inABatchWhatFailsStandsApart() throws Exception {
        JsonNode answer = json(
                server.post("/v1/entries:get", "{\"keys\": [\"city:2950159\", \"broken:1\", \"file:a\", \"city:1\"]}"));

        assertThat(answer.path("entries"))
                .extracting(entry -> entry.path("key").asString())
                .containsExactly("city:2950159", "file:a");
        assertThat(answer.path("missing").size()).isEqualTo(1);
        assertThat(answer.path("errors").path(0).path("key").asString()).isEqualTo("broken:1");
        assertThat(answer.path("errors").path(0).path("detail").asString()).contains("broken:*");
    }

    @Test
    void aPreWarmAsksInBulk() throws Exception {
        List<Long> ids = database.numbers("select id from city order by id");
        String keys = ids.stream().map(id -> "\"city:" + id + "\"").collect(Collectors.joining(","));

        JsonNode answer = json(server.post("/v1/prewarm", "{\"keys\": [" + keys + "]}"));

        assertThat(answer.path("loaded").asInt()).isEqualTo(105);
        assertThat(queries()).isEqualTo(4);
    }

    @Test
    void theMediaTypeOfAFileFollowsFromItsNameUnlessOneWasStored() throws Exception {
        assertThat(header(server.get("/v1/entries/file:a.html"), "Content-Type"))
                .isEqualTo("text/html");
        assertThat(header(server.get("/v1/entries/file:a"), "Content-Type")).isEqualTo("application/octet-stream");

        server.put("/v1/entries/file:a.html", "{}", "Content-Type", "application/json");

        assertThat(header(server.get("/v1/entries/file:a.html"), "Content-Type"))
                .isEqualTo("application/json");
    }

    private long queries() throws Exception {
        return database.queries("select%from city where%");
    }
}
