package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.withHeaders;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.RedisServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document says what the server does: no route more or less, and no answer that it does not describe. */
class OpenApiTest {
    private static final String TOKEN = "a-token-of-16-characters";

    private final OpenApiDocument document;
    private final Set<String> seen = new TreeSet<>();

    OpenApiTest() throws Exception {
        this.document = new OpenApiDocument();
    }

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedOneIsThere() {
        Set<String> routes = new TreeSet<>();
        for (AllRoutes.Route route : AllRoutes.list()) {
            routes.add(route.toString().replace('<', '{').replace('>', '}'));
        }

        assertThat(document.operations()).isEqualTo(routes);
    }

    @Test
    void whatIsServedIsTheDocument() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            assertThat(server.get("/openapi.json").body())
                    .isEqualTo(Files.readAllBytes(Path.of("..", "docs", "openapi.json")));
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
        Matcher references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document.root.toString());
        while (references.find()) {
            assertThat(document.root.at(references.group(1)).isMissingNode())
                    .as(references.group(1))
                    .isFalse();
        }
        Set<String> names = new HashSet<>();
        for (String operation : document.operations()) {
            assertThat(names.add(
                            document.operation(operation).path("operationId").asString()))
                    .as(operation)
                    .isTrue();
        }
    }

    @Test
    void everyDocumentedAnswerIsGivenAndIsAsDocumented() throws Exception {
        try (RunningServer server = RunningServer.start(
                config -> config.maxValueBytes(1_000),
                limits -> LimitsInTests.with(limits, 5_000, limits.maxRequests(), limits.maxWaiting()))) {
            server.service.source("from:*", key -> key.getBytes(StandardCharsets.UTF_8));
            server.service.source("broken:*", key -> {
                throw new IllegalStateException("no source today");
            });
            oneEntry(server, "/v1/entries/", "a%2Fb");
            oneEntry(server, "/v1/entry?key=", "");
            manyEntries(server);
            upkeep(server);
            looking(server);
            removing(server);
        }
        awayRedis();

        assertThat(seen).containsAll(document.answers());
    }

    private void oneEntry(RunningServer server, String base, String unreadable) throws Exception {
        put(server, base + "one?ttl=10m".replace("?", base.contains("?") ? "&" : "?"), "hello");
        put(server, base + "one", "again");
        put(server, base + "one", "x".repeat(1_001));
        put(server, base + "one", "x", "If-None-Match", "*");
        put(server, base + unreadable, "x");
        String version = RunningServer.header(get(server, base + "one"), "ETag");
        get(server, base + "one", "If-None-Match", version);
        get(server, base + "nothing");
        get(server, base + unreadable);
        delete(server, base + "one", "If-Match", "\"another\"");
        delete(server, base + "one");
        delete(server, base + unreadable);
    }

    private void manyEntries(RunningServer server) throws Exception {
        post(
                server,
                "/v1/entries:set",
                "{\"ttl\":\"1h\",\"entries\":[{\"key\":\"a\",\"text\":\"one\",\"contentType\":\"text/css\"},"
                        + "{\"key\":\"b\",\"base64\":\"/wA=\",\"ttl\":\"none\"},{\"key\":\"\\u0000\",\"text\":\"\"}]}");
        post(server, "/v1/entries:get", "{\"keys\":[\"a\",\"b\",\"nothing\",\"broken:1\"]}");
        post(server, "/v1/entries:delete", "{\"keys\":[\"a\",\"b\"]}");
        post(server, "/v1/prewarm", "{\"keys\":[\"from:1\",\"broken:1\",\"nothing\"]}");
        for (String path : new String[] {"/v1/entries:set", "/v1/entries:get", "/v1/entries:delete", "/v1/prewarm"}) {
            refusals(server, path);
        }
    }

    private void refusals(RunningServer server, String path) throws Exception {
        post(server, path, "{\"unknown\":1}");
        send(server, "POST", path, HttpRequest.BodyPublishers.ofString("{}"), "Content-Type", "text/plain");
        send(
                server,
                "POST",
                path,
                HttpRequest.BodyPublishers.ofByteArray(new byte[5_001]),
                "Content-Type",
                "application/json");
    }

    private void upkeep(RunningServer server) throws Exception {
        get(server, "/v1/entry?key=from:2");
        post(server, "/v1/refresh", "{\"key\":\"from:2\",\"threshold\":\"36500d\",\"probability\":1}");
        post(server, "/v1/refresh", "{\"key\":\"nothing\"}");
        refusals(server, "/v1/refresh");
        post(server, "/v1/expire", "{\"key\":\"from:2\",\"ttl\":\"1h\"}");
        post(server, "/v1/expire", "{\"key\":\"nothing\",\"ttl\":\"none\"}");
        refusals(server, "/v1/expire");
        post(server, "/v1/expire", "{\"key\":\"from:2\"}");
        delete(server, "/v1/tags?tag=a");
        delete(server, "/v1/caches/users/entries");
        server.service.cache("users", String.class).open();
        delete(server, "/v1/tags?cache=users&tag=a");
        delete(server, "/v1/caches/users/entries");
    }

    private void looking(RunningServer server) throws Exception {
        for (int i = 0; i < 150; i++) {
            put(server, "/v1/entries/k" + i, "v");
        }
        for (String target : new String[] {
            "/v1/keys?prefix=",
            "/v1/keys",
            "/v1/hottest",
            "/v1/hottest?limit=none",
            "/v1/inspect?key=k1",
            "/v1/inspect?key=k1&value=true",
            "/v1/inspect?key=nothing",
            "/v1/inspect",
            "/v1/stats",
            "/v1/coherence",
            "/metrics",
            "/healthz",
            "/readyz",
            "/openapi.json"
        }) {
            get(server, target);
        }
    }

    private void removing(RunningServer server) throws Exception {
        delete(server, "/v1/keys?prefix=k");
        delete(server, "/v1/keys?prefix=");
    }

    /** What is answered over Redis, and when it is away. */
    private void awayRedis() throws Exception {
        try (RedisServer redis = RedisServer.start();
                RunningServer server = RunningServer.start(config -> config.url(redis.url())
                        .readTimeout(Duration.ofSeconds(10))
                        .writeTimeout(Duration.ofSeconds(10))
                        .serverRequireRedis(true))) {
            server.service.source("from:*", key -> key.getBytes(StandardCharsets.UTF_8));
            put(server, "/v1/entries/k", "v");
            put(server, "/v1/entries/copied", "v");
            get(server, "/v1/entries/copied");
            redis.command("RPUSH", "cache::list", "a");
            for (String target : new String[] {
                "/v1/keys?prefix=",
                "/v1/inspect?key=k&value=true",
                "/v1/inspect?key=copied",
                "/v1/inspect?key=list",
                "/v1/inspect?key=nothing",
                "/v1/stats",
                "/v1/coherence"
            }) {
                get(server, target);
            }
            redis.kill();
            Awaitility.await().until(() -> server.get("/readyz").statusCode() == 503);
            get(server, "/readyz");
            assertThat(get(server, "/v1/entries/k").statusCode()).isEqualTo(503);
            assertThat(get(server, "/v1/keys?prefix=").statusCode()).isEqualTo(503);
            delete(server, "/v1/entries/from:1");
            delete(server, "/v1/entry?key=from:1");
            delete(server, "/v1/tags?cache=users&tag=a");
            delete(server, "/v1/caches/users/entries");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoShowsNoTokenIsAnsweredWithAProblemEverywhereButOnTheHealthPages(boolean known) throws Exception {
        try (RunningServer server = RunningServer.start(config -> config.serverTokens(List.of(TOKEN)))) {
            for (String operation : document.operations()) {
                String[] words = operation.split(" ", 2);
                String target = words[1].replaceAll("\\{[a-z]+}", "x");
                String[] headers = known ? new String[] {"Authorization", "Bearer " + TOKEN} : new String[0];
                boolean open = target.equals("/healthz") || target.equals("/readyz");

                HttpResponse<byte[]> answer =
                        send(server, words[0], target, HttpRequest.BodyPublishers.noBody(), headers);

                assertThat(answer.statusCode() == 401).as(operation).isEqualTo(!known && !open);
            }
        }
    }

    private HttpResponse<byte[]> get(RunningServer server, String target, String... headers) throws Exception {
        HttpResponse<byte[]> answer = send(server, "GET", target, HttpRequest.BodyPublishers.noBody(), headers);
        HttpResponse<byte[]> head = send(server, "HEAD", target, HttpRequest.BodyPublishers.noBody(), headers);
        assertThat(head.statusCode()).as("HEAD " + target).isEqualTo(answer.statusCode());
        return answer;
    }

    private void put(RunningServer server, String target, String value, String... headers) throws Exception {
        send(server, "PUT", target, HttpRequest.BodyPublishers.ofString(value), headers);
    }

    private void delete(RunningServer server, String target, String... headers) throws Exception {
        send(server, "DELETE", target, HttpRequest.BodyPublishers.noBody(), headers);
    }

    private void post(RunningServer server, String target, String json) throws Exception {
        HttpResponse<byte[]> answer = send(
                server, "POST", target, HttpRequest.BodyPublishers.ofString(json), "Content-Type", "application/json");
        String operation = document.operationOf("POST", target);
        if (answer.statusCode() < 300) {
            assertThat(document.requestFlaws(operation, json)).as(json).isEmpty();
        } else if (answer.statusCode() == 400) {
            assertThat(document.requestFlaws(operation, json)).as(json).isNotEmpty();
        }
    }

    /** Sends a request and holds its answer against the document. */
    private HttpResponse<byte[]> send(
            RunningServer server, String method, String target, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        HttpResponse<byte[]> answer =
                server.send(target, request -> withHeaders(request, headers).method(method, body));
        String operation = document.operationOf(method, target);
        assertThat(document.flaws(operation, answer))
                .as(operation + " answered " + answer.statusCode() + " " + RunningServer.text(answer))
                .isEmpty();
        seen.add(operation + " " + answer.statusCode());
        return answer;
    }
}
