package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class KeyRemovalOverHttpTest {
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theKeysThatBeginSoAreRemovedAndNoOthers() throws Exception {
        fill("a*&/", 30);
        fill("a1", 3);

        JsonNode answer = json(delete("/v1/keys?prefix=a*%26%2F"));

        assertThat(answer.toString())
                .isEqualTo("{\"removed\":30,\"queued\":0,\"failed\":0,\"errors\":[],\"unlisted\":[]}");
        assertThat(server.service.stored().keys("", null).keys()).containsExactly("a10", "a11", "a12");
    }

    @Test
    void linesTellHowFarItIsAndTheLastWhatItCameTo() throws Exception {
        fill("a", 30);

        List<JsonNode> lines = lines(deleteInLines("/v1/keys?prefix=a&keysPerSecond=100"));

        assertThat(lines).hasSize(4);
        assertThat(lines.subList(0, 3))
                .extracting(line -> line.path("done").asInt())
                .containsExactly(10, 20, 30);
        assertThat(lines.get(3).has("done")).isFalse();
        assertThat(lines.get(3).path("removed").asInt()).isEqualTo(30);
        assertThat(lines.get(3).path("errors").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/keys,is missing",
        "/v1/keys?prefix=,add everyKey=true",
        "/v1/keys?prefix=&everyKey=false,add everyKey=true",
        "/v1/keys?prefix=a&everyKey=yes,expected true or false",
        "/v1/keys?prefix=a&keysPerSecond=many,expected a number from 1",
        "/v1/keys?prefix=a&keysPerSecond=-1,expected a number from 1",
        "/v1/keys?prefix=a&keysPerSecond=0.01,expected a number from 1",
        "/v1/keys?prefix=a&keysPerSecond=Infinity,expected a number from 1"
    })
    void aWrongRequestIsRefusedWithWhatIsExpectedAndRemovesNothing(String target, String remedy) throws Exception {
        fill("a", 1);

        for (HttpResponse<byte[]> answer : List.of(delete(target), deleteInLines(target))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).path("detail").asString()).contains(remedy);
        }
        assertThat(server.service.get("a0")).isNotNull();
    }

    @Test
    void aPrefixThatIsTooLongForAKeyIsRefusedInLinesToo() throws Exception {
        String prefix = "a".repeat(Math.toIntExact(server.service.config().maxKeyBytes()) + 1);

        assertThat(deleteInLines("/v1/keys?prefix=" + prefix).statusCode()).isEqualTo(400);
    }

    @Test
    void everyKeyIsRemovedWhereThatIsMeant() throws Exception {
        fill("a", 3);
        fill("b", 3);

        assertThat(json(delete("/v1/keys?prefix=&everyKey=true"))
                        .path("removed")
                        .asInt())
                .isEqualTo(6);
    }

    @Test
    void aCallerWhoLeavesEndsIt() throws Exception {
        fill("a", 1_000);
        try (Audited audited = new Audited()) {
            try (Socket caller = server.connect()) {
                firstLine(caller, "/v1/keys?prefix=a&keysPerSecond=10");
            }

            Awaitility.await("the request has ended")
                    .until(() -> !audited.lines().isEmpty());
        }
        assertThat(server.service.get("a999")).isNotNull();
    }

    @Test
    void aServerThatStopsEndsItAndTheLastLineSaysSo() throws Exception {
        fill("a", 1_000);
        try (Socket caller = server.connect()) {
            BufferedReader lines = firstLine(caller, "/v1/keys?prefix=a&keysPerSecond=10");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

            String last = lines.lines()
                    .filter(line -> line.contains("problem"))
                    .findFirst()
                    .orElseThrow();

            assertThat(last).contains("\"status\":503").contains("the server is stopping");
            stopped.join();
        }
    }

    @Test
    void linesThatComeSlowlyAreNoSlowReader() throws Exception {
        try (RunningServer strict = RunningServer.start(
                config -> config, limits -> LimitsInTests.small(limits, 1 << 20, Duration.ofMillis(200), 100 << 20))) {
            IntStream.range(0, 10).forEach(i -> strict.service.set("a" + i, new byte[1]));

            HttpResponse<byte[]> answer = strict.send(
                    "/v1/keys?prefix=a&keysPerSecond=10",
                    request -> request.header("Accept", "application/x-ndjson").DELETE());

            assertThat(lines(answer)).hasSize(11);
        }
    }

    @Test
    void aCallerWhoAsksForNoLinesIsAnsweredHoweverLongItTakes() throws Exception {
        try (RunningServer strict = RunningServer.start(
                config -> config,
                limits -> LimitsInTests.impatient(limits, Duration.ofMillis(300), Duration.ofMillis(300)))) {
            IntStream.range(0, 10).forEach(i -> strict.service.set("a" + i, new byte[1]));

            HttpResponse<byte[]> answer =
                    strict.send("/v1/keys?prefix=a&keysPerSecond=10", HttpRequest.Builder::DELETE);

            assertThat(json(answer).path("removed").asInt()).isEqualTo(10);
        }
    }

    /** Sends the request and waits for its first line. */
    private static BufferedReader firstLine(Socket caller, String target) throws Exception {
        caller.getOutputStream()
                .write(("DELETE " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n")
                        .getBytes(US_ASCII));
        BufferedReader lines = new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
        String line = lines.readLine();
        while (!line.contains("\"done\"")) {
            line = lines.readLine();
        }
        return lines;
    }

    private void fill(String prefix, int keys) {
        IntStream.range(0, keys).forEach(i -> server.service.set(prefix + i, new byte[1]));
    }

    private HttpResponse<byte[]> delete(String target) throws Exception {
        return server.send(target, HttpRequest.Builder::DELETE);
    }

    private HttpResponse<byte[]> deleteInLines(String target) throws Exception {
        return server.send(
                target,
                request -> request.header("Accept", "application/x-ndjson").DELETE());
    }

    private static List<JsonNode> lines(HttpResponse<byte[]> answer) {
        return text(answer).lines().map(line -> Json.MAPPER.readTree(line)).toList();
    }
}
