package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are a real HTTP server. */
class HttpSourceTest {
    private static final String SECRET = "geheim-4711";
    private static final String TAG = "W/\"v1\"";
    private static final String DATE = "Tue, 15 Nov 1994 12:45:26 GMT";

    @TempDir
    private Path folder;

    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final List<Headers> fields = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        targets.add(target);
        fields.add(exchange.getRequestHeaders());
        String last = target.substring(target.lastIndexOf('/') + 1);
        if (last.matches("status-\\d+")) {
            int status = Integer.parseInt(last.substring(7));
            exchange.getResponseHeaders().set("Location", "/moved");
            exchange.sendResponseHeaders(status, -1);
        } else if (last.equals("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
        } else if (last.equals("tagged") || last.equals("dated")) {
            unlessKnown(exchange, last);
        } else if (last.equals("endless")) {
            endless(exchange);
        } else if (last.equals("half")) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("half".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            awaitEnd();
        } else if (last.equals("silent")) {
            awaitEnd();
        } else {
            byte[] body = ("page " + last).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** A record with a validator: its tag where it has one, else the date of its last change. */
    private static void unlessKnown(HttpExchange exchange, String page) throws IOException {
        boolean isTagged = page.equals("tagged");
        String asked = exchange.getRequestHeaders().getFirst(isTagged ? "If-None-Match" : "If-Modified-Since");
        if ((isTagged ? TAG : DATE).equals(asked)) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=utf-8");
        exchange.getResponseHeaders().set("Last-Modified", DATE);
        if (isTagged) {
            exchange.getResponseHeaders().set("ETag", TAG);
        }
        byte[] body = ("page " + page).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = new byte[8_192];
        while (true) {
            exchange.getResponseBody().write(piece); // until the reader leaves
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServiceWithSources open(String... members) throws Exception {
        return ServiceWithSources.open(folder, yaml(members), Map.of("PAGES_KEY", SECRET), config -> config);
    }

    private String yaml(String... members) {
        return "sources:\n  - pattern: 'page:*'\n    http:\n      url: 'http://127.0.0.1:"
                + server.getAddress().getPort() + "/v1/{1}'\n      " + String.join("\n      ", members) + "\n";
    }

    private static SourceFailure failureOf(ServiceWithSources pages, String key) {
        Throwable failure = catchThrowable(() -> pages.get(key));
        assertThat(failure).as(key).isNotNull();
        assertThat(failure.getCause()).isInstanceOf(SourceFailure.class);
        return (SourceFailure) Objects.requireNonNull(failure.getCause(), "cause");
    }

    @Test
    void theBodyIsTheValueAndIsKept() throws Exception {
        try (ServiceWithSources pages = open()) {
            assertThat(pages.get("page:1")).isEqualTo("page 1");
            assertThat(pages.get("page:1")).isEqualTo("page 1");
            assertThat(targets).containsExactly("/v1/1");
        }
    }

    @Test
    void aKeyIsEscapedWhateverItHolds() throws Exception {
        try (ServiceWithSources pages = open()) {
            assertThat(pages.get("page:a b?c=d#e&f%2F\r\nX: y")).startsWith("page ");
            assertThat(targets).containsExactly("/v1/a%20b%3Fc%3Dd%23e%26f%252F%0D%0AX%3A%20y");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../../admin", "a/../../admin", "..\\x", ""})
    void aKeyThatWouldClimbIsAbsentAndNobodyIsAsked(String id) throws Exception {
        try (ServiceWithSources pages = open()) {
            assertThat(pages.get("page:" + id)).isNull();
            assertThat(targets).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void whatIsNotFoundOrGoneIsAbsent(int status) throws Exception {
        try (ServiceWithSources pages = open()) {
            assertThat(pages.get("page:status-" + status)).isNull();
            assertThat(pages.service.stats().loadFailures()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 400, 401, 403, 429, 500, 503})
    void everyOtherStatusIsAFailureThatNamesIt(int status) throws Exception {
        try (ServiceWithSources pages = open()) {
            SourceFailure failure = failureOf(pages, "page:status-" + status);

            assertThat(failure).hasMessageContaining("'page:*'").hasMessageContaining("status " + status);
            assertThat(failure.timedOut()).isFalse();
            assertThat(targets).as("no redirection is followed").hasSize(1);
        }
    }

    @Test
    void whichStatusesSayAbsentCanBeSet() throws Exception {
        try (ServiceWithSources pages = open("absentStatuses: [403]")) {
            assertThat(pages.get("page:status-403")).isNull();
            assertThat(failureOf(pages, "page:status-404")).hasMessageContaining("404");
        }
    }

    @Test
    void fieldsAndSecretsAreSentAndNeverTold() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first-token\n");
        try (ServiceWithSources pages = open(
                "headers:",
                "  Accept: text/html",
                "  Authorization: {scheme: Bearer, file: '" + token + "'}",
                "  X-Api-Key: {env: PAGES_KEY}")) {
            pages.get("page:1");
            Files.writeString(token, "second-token");
            pages.get("page:2");

            assertThat(fields.get(0).getFirst("Accept")).isEqualTo("text/html");
            assertThat(fields.get(0).getFirst("X-Api-Key")).isEqualTo(SECRET);
            assertThat(fields.get(0).getFirst("Accept-Encoding")).isEqualTo("identity");
            assertThat(fields)
                    .extracting(f -> f.getFirst("Authorization"))
                    .containsExactly("Bearer first-token", "Bearer second-token");
            Files.writeString(token, "tökén-0815");
            Throwable failure = failureOf(pages, "page:3");
            assertThat(failure).hasStackTraceContaining("token").message().doesNotContain("0815");
            assertThat(failure.getCause()).message().doesNotContain("0815");
            assertThat(pages.sources.lines().toString() + failureOf(pages, "page:status-500"))
                    .doesNotContain(SECRET)
                    .doesNotContain("token");
        }
    }

    @Test
    void aBodyThatIsTooLargeIsCutOffAndRefused() throws Exception {
        String yaml = yaml().replace("    http:", "    maxBytes: 6b\n    http:");
        try (ServiceWithSources pages = ServiceWithSources.open(folder, yaml)) {
            assertThat(pages.get("page:1")).as("exactly that many").isEqualTo("page 1");
            assertThat(failureOf(pages, "page:12")).hasMessageContaining("6 bytes");
            assertThat(failureOf(pages, "page:endless")).hasMessageContaining("6 bytes");
        }
    }

    @Test
    void aBodyThatIsEncodedIsRefused() throws Exception {
        try (ServiceWithSources pages = open()) {
            assertThat(failureOf(pages, "page:gzip")).hasMessageContaining("Content-Encoding");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "half"})
    void anAnswerThatDoesNotComeWholeInTimeIsATimeout(String page) throws Exception {
        try (ServiceWithSources pages = open("timeout: 300ms")) {
            SourceFailure failure = failureOf(pages, "page:" + page);

            assertThat(failure.timedOut()).isTrue();
            assertThat(failure).hasMessageContaining("'page:*'").hasMessageContaining("in time");
        }
    }

    @Test
    void aServerThatIsNotThereIsAFailureThatShowsNoAddress() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String yaml = yaml().replace(":" + server.getAddress().getPort(), ":" + port);
        try (ServiceWithSources pages = ServiceWithSources.open(folder, yaml)) {
            SourceFailure failure = failureOf(pages, "page:1");

            assertThat(failure.timedOut()).isFalse();
            assertThat(failure)
                    .message()
                    .contains("page:*")
                    .doesNotContain("" + port)
                    .doesNotContain("127.0.0.1");
        }
    }

    private static Lookup.Hit<byte[]> hit(ServiceWithSources pages, String key) {
        if (pages.service.lookup(key) instanceof Lookup.Hit<byte[]> found) {
            return found;
        }
        throw new AssertionError(key + " is absent");
    }

    @ParameterizedTest
    @CsvSource({"tagged, If-None-Match", "dated, If-Modified-Since"})
    void whatHasNotChangedIsAskedForWithoutItsBodyAndLivesOn(String page, String field) throws Exception {
        try (ServiceWithSources pages = open()) {
            String key = "page:" + page;
            EntryVersion first = hit(pages, key).version().orElseThrow();
            pages.service.refreshProbabilistic(key, Duration.ofDays(1), 1);
            Awaitility.await().until(() -> !hit(pages, key).version().equals(Optional.of(first)));

            assertThat(pages.get(key)).isEqualTo("page " + page);
            assertThat(hit(pages, key).contentType()).contains("text/plain;charset=utf-8");
            assertThat(pages.service.stats().loadFailures()).isZero();
            assertThat(fields).hasSize(2);
            assertThat(fields.get(0).getFirst(field)).isNull();
            assertThat(fields.get(1).getFirst(field)).isEqualTo(page.equals("tagged") ? TAG : DATE);
        }
    }

    @Test
    void theMediaTypeIsWhatTheServiceSays() throws Exception {
        try (ServiceWithSources pages = open()) {
            assertThat(hit(pages, "page:tagged").contentType()).contains("text/plain;charset=utf-8");
            assertThat(hit(pages, "page:1").contentType()).isEmpty();
        }
    }

    @Test
    void unlessTheConfigurationSaysAnother() throws Exception {
        String yaml = yaml().replace("    http:", "    contentType: text/html\n    http:");
        try (ServiceWithSources pages = ServiceWithSources.open(folder, yaml)) {
            assertThat(hit(pages, "page:tagged").contentType()).isEmpty();
            assertThat(pages.sources.contentType("page:tagged")).contains("text/html");
        }
    }

    @Test
    void notModifiedIsAFailureWhereNothingWasKnown() throws Exception {
        try (ServiceWithSources pages = open()) {
            assertThat(failureOf(pages, "page:status-304")).hasMessageContaining("304");
        }
    }

    @Test
    void theMediaTypeIsWhatTheConfigurationSays() throws Exception {
        String yaml = yaml().replace("    http:", "    contentType: text/html; charset=utf-8\n    http:");
        try (ServiceWithSources pages = ServiceWithSources.open(folder, yaml)) {
            assertThat(pages.sources.contentType("page:1")).contains("text/html; charset=utf-8");
            assertThat(pages.sources.contentType("other")).isEmpty();
        }
    }

    @Test
    void aPatternWithoutAStarIsOnePage() throws Exception {
        String yaml = yaml().replace("'page:*'", "motd").replace("{1}", "today");
        try (ServiceWithSources pages = ServiceWithSources.open(folder, yaml)) {
            assertThat(pages.get("motd")).isEqualTo("page today");
        }
    }
}
