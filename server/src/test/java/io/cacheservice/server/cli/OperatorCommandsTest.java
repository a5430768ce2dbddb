package io.cacheservice.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OperatorCommandsTest {
    private static RedisServer redis;
    private static Program server;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start();
        server = Program.serve(
                Map.of(), "--redis-url", redis.url(), "--set", "readTimeout=10s", "--set", "writeTimeout=10s");
        environment = Map.of("CACHE_SERVICE_URL", server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("FLUSHALL");
    }

    @Test
    void keysAreListedOneOnEachLineAndControlCharactersEscaped() throws Exception {
        for (String key : List.of("a:1", "a:2", "b:1", "a:\u001b[2J")) {
            run("set", key, "v");
        }

        Program.Result listed = run("keys", "--prefix", "a:");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.text().lines()).containsExactlyInAnyOrder("a:1", "a:2", "a:\\u001b[2J");
    }

    @Test
    void theLimitEndsAListingWhichSaysThatThereIsMore() throws Exception {
        for (int i = 0; i < 5; i++) {
            run("set", "k" + i, "v");
        }

        Program.Result some = run("keys", "--prefix", "", "--limit", "3");
        JsonNode all = json(run("keys", "--prefix", "k", "--limit", "5", "--json"));

        assertThat(some.exitCode()).isZero();
        assertThat(some.text().lines()).hasSize(3);
        assertThat(some.err()).contains("more keys than --limit 3");
        assertThat(all.path("keys").size()).isEqualTo(5);
        assertThat(all.path("complete").asBoolean()).isTrue();
        assertThat(run("keys").exitCode()).as("a prefix must be given").isEqualTo(2);
        assertThat(run("keys", "--prefix", "", "--limit", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void anEntryIsInspectedWithoutItsValueUnlessAskedFor() throws Exception {
        run("set", "k", "secret-value", "--ttl", "1h", "--content-type", "text/plain");

        Program.Result table = run("inspect", "k");
        Program.Result json = run("inspect", "k", "--json");
        Program.Result absent = run("inspect", "nothing");

        assertThat(table.exitCode()).isZero();
        assertThat(table.text())
                .containsPattern("(?m)^format +framed$")
                .containsPattern("(?m)^valueBytes +12$")
                .containsPattern("(?m)^entry\\.contentType +text/plain$")
                .containsPattern("(?m)^redis\\.encoding +raw$")
                .doesNotContain("secret-value");
        assertThat(json.text()).doesNotContain("secret-value");
        assertThat(json(json).path("entry").path("keptMillis").asLong()).isEqualTo(3_600_000);
        assertThat(run("inspect", "k", "--value").text()).contains("secret-value");
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.text()).containsPattern("(?m)^exists +false$");
    }

    @Test
    void anotherLifeIsGiven() throws Exception {
        run("set", "k", "v", "--ttl", "1h");

        Program.Result changed = run("expire", "k", "--ttl", "10m");

        assertThat(changed.exitCode()).isZero();
        assertThat(changed.out()).isEmpty();
        assertThat((Long) redis.command("PTTL", "cache::k")).isBetween(500_000L, 600_000L);
        assertThat(run("expire", "nothing", "--ttl", "10m").exitCode()).isEqualTo(1);
        assertThat(run("expire", "k").exitCode()).isEqualTo(2);
    }

    @Test
    void everyCommandSpeaksJson() throws Exception {
        assertThat(json(run("set", "k", "v", "--json")).path("outcome").asString())
                .isEqualTo("created");
        assertThat(json(run("set", "k", "v", "--json")).path("outcome").asString())
                .isEqualTo("replaced");
        assertThat(json(run("expire", "k", "--ttl", "1h", "--json"))
                        .path("outcome")
                        .asString())
                .isEqualTo("applied");
        JsonNode entry = json(run("get", "k", "--json"));
        assertThat(entry.path("text").asString()).isEqualTo("v");
        assertThat(entry.path("ttlMillis").asLong()).isPositive();
        assertThat(json(run("delete", "k", "--json")).path("outcome").asString())
                .isEqualTo("deleted");
        Program.Result absent = run("get", "k", "--json");
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.out()).isEmpty();
        Program.Result wrong = run("get", "x".repeat(5_000), "--json");
        assertThat(wrong.exitCode()).isEqualTo(4);
        assertThat(wrong.err()).contains("maxKeyBytes");
    }

    @Test
    void statisticsSayHowCopiesAreKeptCoherent() throws Exception {
        run("set", "k", "v");
        run("get", "k");
        Awaitility.await()
                .untilAsserted(() -> assertThat(run("stats").text())
                        .containsPattern("(?m)^coherence +\\d\\.\\d nines within 1000 ms, ")
                        .containsPattern("(?m)^push lag +p50 \\d+\\.\\d\\d ms, ")
                        .containsPattern("(?m)^vouched for +by 1 of 1 connections$"));
        assertThat(run("inspect", "k").text())
                .containsPattern("(?m)^local\\.standing +usable$")
                .containsPattern("(?m)^local\\.tracked +true$");
    }

    @Test
    void watchedStatisticsAreLinesOfRates() throws Exception {
        Program.Result lines = run("stats", "--watch", "--interval", "50ms", "--count", "2");
        Program.Result json = run("stats", "--watch", "--interval", "50ms", "--count", "2", "--json");

        assertThat(lines.exitCode()).isZero();
        assertThat(lines.text().lines()).hasSize(3);
        assertThat(lines.text()).startsWith("    hits/s").doesNotContain("\u001b");
        assertThat(json.text().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(JsonMapper.shared()
                                .readTree(line)
                                .path("hitsPerSecond")
                                .isNumber())
                        .isTrue());
        assertThat(run("stats", "--watch", "--interval", "2").exitCode()).isEqualTo(2);
    }

    @Test
    void warmingTellsHowFarItIsAndWhatItCameTo(@TempDir Path folder) throws Exception {
        StringBuilder keys = new StringBuilder("\n");
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            keys.append("k").append(i).append('\n');
            entries.append(i == 0 ? "" : ",").append("{\"key\":\"k").append(i).append("\",\"text\":\"v\"}");
        }
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/v1/entries:set"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"entries\":[" + entries + "]}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        Path file = Files.writeString(folder.resolve("keys"), keys);

        Program.Result warmed = run("warm", file.toString());
        Program.Result json = Program.run(environment, "k1\nk1\n".getBytes(UTF_8), "warm", "-", "--json");

        assertThat(warmed.exitCode()).isZero();
        assertThat(warmed.text()).contains("400 keys: 0 loaded, 400 were there, 0 have no value, 0 failed");
        assertThat(warmed.err().lines()).containsExactly("200 of 400 keys (50 %)", "400 of 400 keys (100 %)");
        assertThat(json(json).path("keys").asInt()).isEqualTo(1);
        assertThat(json(json).path("present").asInt()).isEqualTo(1);
        assertThat(run("warm", folder.resolve("none").toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void keysThatCannotBeWarmedAreNamedUpToTwenty(@TempDir Path folder) throws Exception {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            keys.append("nowhere").append(i).append('\n');
        }
        Path file = Files.writeString(folder.resolve("keys"), keys);

        Program.Result warmed = run("warm", file.toString());

        assertThat(warmed.exitCode()).isEqualTo(4);
        assertThat(warmed.text()).contains("30 failed");
        assertThat(warmed.err())
                .contains("nowhere19")
                .doesNotContain("nowhere20:")
                .contains("and 10 more");
    }

    @Test
    void theKeysThatBeginWithAPrefixAreDeletedAndNoOthers() throws Exception {
        for (String key : List.of("a*1", "a*2", "a*3", "ab", "b")) {
            run("set", key, "v");
        }

        Program.Result deleted = run("delete", "--prefix", "a*", "--rate", "100");
        Program.Result json = run("delete", "--prefix", "", "--every-key", "--json");

        assertThat(deleted.exitCode()).isZero();
        assertThat(deleted.text().strip()).isEqualTo("3 removed, 0 queued, 0 failed");
        assertThat(deleted.err()).isEmpty();
        assertThat(json(json).path("removed").asInt()).isEqualTo(2);
        assertThat(json(json).path("unlisted").isEmpty()).isTrue();
    }

    @Test
    void whatIsToBeDeletedMustBeSaidInOneWay() throws Exception {
        run("set", "k", "v");

        assertThat(run("delete").exitCode()).isEqualTo(2);
        assertThat(run("delete", "k", "--prefix", "k").exitCode()).isEqualTo(2);
        assertThat(run("delete", "k", "--rate", "5").exitCode()).isEqualTo(2);
        Program.Result every = run("delete", "--prefix", "");
        assertThat(every.exitCode()).isEqualTo(2);
        assertThat(every.err()).contains("--every-key");
        assertThat(run("delete", "--prefix", "k", "--rate", "-1").exitCode()).isEqualTo(4);
        assertThat(run("get", "k").exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void aShellCompletesCommandsAndOptions(String shell, @TempDir Path folder) throws Exception {
        Program.Result script = run("completion", shell);
        Path file = Files.write(folder.resolve("completion"), script.out());

        assertThat(script.exitCode()).isZero();
        assertThat(script.text()).contains("--prefix").contains("inspect");
        if (shell.equals("bash")) {
            Process bash = new ProcessBuilder(
                            "bash",
                            "-c",
                            "source " + file
                                    + "; COMP_WORDS=(cache-service ins); COMP_CWORD=1; COMP_LINE='cache-service ins';"
                                    + " COMP_POINT=17; _complete_cache-service; echo \"${COMPREPLY[@]}\"")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8).strip())
                    .isEqualTo("inspect");
        }
        assertThat(run("completion", "fish").exitCode()).isEqualTo(2);
    }

    private static Program.Result run(String... args) throws Exception {
        return Program.run(environment, args);
    }

    private static JsonNode json(Program.Result result) {
        return JsonMapper.shared().readTree(result.out());
    }
}
