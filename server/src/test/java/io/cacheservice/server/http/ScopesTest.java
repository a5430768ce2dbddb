package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.header;
import static io.cacheservice.server.http.RunningServer.json;
import static io.cacheservice.server.http.RunningServer.text;
import static io.cacheservice.server.http.TokenFiles.bearer;
import static io.cacheservice.server.http.TokenFiles.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.server.access.Scope;
import io.cacheservice.server.http.AllRoutes.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What tokens allow: by their scopes and by the beginnings of keys. Asked of every route there is. */
class ScopesTest {
    private static final Map<String, String> BODIES = Map.of(
            "/v1/entries:get", "{\"keys\": [\"orders:1\", \"other:1\"]}",
            "/v1/entries:set",
                    "{\"entries\": [{\"key\": \"orders:1\", \"text\": \"a\"}, {\"key\": \"other:1\", \"text\": \"b\"}]}",
            "/v1/entries:delete", "{\"keys\": [\"orders:1\", \"other:1\"]}",
            "/v1/prewarm", "{\"keys\": [\"orders:1\", \"other:1\"]}",
            "/v1/refresh", "{\"key\": \"other:1\"}",
            "/v1/expire", "{\"key\": \"other:1\", \"ttl\": \"1h\"}");

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path file = TokenFiles.write(
                folder,
                entry("reader", "read", ""),
                entry("writer", "write", ""),
                entry("operator", "admin", ""),
                entry("bound", "read, write, admin", ", prefixes: ['orders:', 'carts:']"));
        server = RunningServer.start(c -> c.serverTokensFile(file.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Route> routes() {
        return AllRoutes.list();
    }

    static List<Route> guarded() {
        return routes().stream().filter(route -> route.needs().scope() != null).toList();
    }

    @Test
    void everyRouteSaysOnceWhatItNeeds() {
        assertThat(routes()).hasSizeGreaterThan(20);
        for (Route route : routes()) {
            assertThat(route.roles())
                    .as(route + ": add it with what a caller needs")
                    .singleElement()
                    .isInstanceOf(Needs.class);
        }
    }

    @Test
    void onlyHealthNeedsNothing() {
        assertThat(routes())
                .filteredOn(route -> route.needs().scope() == null)
                .extracting(Route::path)
                .containsOnly("/healthz", "/readyz");
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void aRouteIsForTokensWithItsScopeOnly(Route route) throws Exception {
        Scope needed = requireNonNull(route.needs().scope());
        Map<Scope, String> holders = Map.of(Scope.READ, "reader", Scope.WRITE, "writer", Scope.ADMIN, "operator");
        for (Map.Entry<Scope, String> holder : holders.entrySet()) {
            HttpResponse<byte[]> answer = ask(route, "orders:1", holder.getValue());
            if (holder.getKey() == needed) {
                assertThat(answer.statusCode()).isNotIn(401, 403, 500);
                continue;
            }
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(header(answer, "WWW-Authenticate"))
                    .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"" + needed.text() + "\"");
            if (!route.method().equals("HEAD")) {
                assertThat(json(answer).path("type").asString()).isEqualTo("/forbidden");
                assertThat(json(answer).path("detail").asString())
                        .contains("'" + holder.getValue() + "'")
                        .contains("the scope " + needed.text());
            }
        }
        assertThat(server.send(route.target("orders:1"), r -> r.method(route.method(), BodyPublishers.noBody()))
                        .statusCode())
                .as("without a token")
                .isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void aTokenBoundToPrefixesReachesNoOtherKey(Route route) throws Exception {
        HttpResponse<byte[]> foreign = ask(route, "other:1", "bound");
        if (route.needs().keys() == Needs.Keys.NONE) {
            assertThat(foreign.statusCode()).as("it is about no key").isEqualTo(200);
            return;
        }
        if (foreign.statusCode() == 501) {
            return;
        }
        if (foreign.statusCode() != 403) {
            assertThat(foreign.statusCode()).isEqualTo(200);
            List<String> refused = new ArrayList<>();
            for (JsonNode error : json(foreign).path("errors")) {
                if (error.path("status").asInt() == 403) {
                    refused.add(
                            error.path("key").asString() + error.path("type").asString());
                }
            }
            assertThat(refused).containsExactly("other:1/forbidden");
        }
        assertThat(server.service.get("other:1")).isNull();
        if (route.needs().keys() != Needs.Keys.IN_BODY && route.needs().keys() != Needs.Keys.ALL) {
            assertThat(ask(route, "orders:1", "bound").statusCode()).isNotIn(401, 403, 500);
            assertThat(ask(route, "order", "bound").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void theRefusalOfAKeyNamesTheBeginningsThatAreAllowedAndNotTheKey() throws Exception {
        HttpResponse<byte[]> answer = server.put("/v1/entries/secret-name", "x", "Authorization", bearer("bound"));

        assertThat(json(answer).path("detail").asString())
                .isEqualTo("the token 'bound' allows only keys that begin with orders: or carts:; this key does not");
    }

    @Test
    void aListOfKeysNeedsABeginningWithinThePrefixes() throws Exception {
        assertThat(server.send("/v1/keys", r -> r.header("Authorization", bearer("bound")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("/v1/keys?prefix=orders:7", r -> r.header("Authorization", bearer("bound")))
                        .statusCode())
                .isNotEqualTo(403);
    }

    @Test
    void inABatchTheKeysInReachAreDone() throws Exception {
        HttpResponse<byte[]> set = post("/v1/entries:set", "bound");
        assertThat(json(set).path("applied").asInt()).isEqualTo(1);
        assertThat(server.service.get("orders:1")).isEqualTo(new byte[] {'a'});

        server.service.set("other:1", new byte[] {'s'});
        HttpResponse<byte[]> get = post("/v1/entries:get", "bound");
        assertThat(json(get).path("entries")).hasSize(1);
        assertThat(json(get).path("missing")).isEmpty();
        assertThat(text(get)).doesNotContain("\"s\"");

        HttpResponse<byte[]> delete = post("/v1/entries:delete", "bound");
        assertThat(json(delete).path("applied").asInt()).isEqualTo(1);
        assertThat(server.service.get("other:1")).isNotNull();
        server.service.delete("other:1");
    }

    private static HttpResponse<byte[]> post(String path, String token) throws Exception {
        return server.send(
                path,
                r -> r.header("Content-Type", "application/json")
                        .header("Authorization", bearer(token))
                        .POST(BodyPublishers.ofString(BODIES.get(path))));
    }

    private static HttpResponse<byte[]> ask(Route route, String key, String token) throws Exception {
        String body = BODIES.getOrDefault(route.path(), "");
        if (route.needs().keys() == Needs.Keys.IN_BODY && body.isEmpty()) {
            throw new AssertionError("no sample of a body for " + route);
        }
        return server.send(
                route.target(key),
                r -> r.header("Content-Type", "application/json")
                        .header("Authorization", bearer(token))
                        .method(
                                route.method(),
                                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
