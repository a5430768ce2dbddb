package io.cacheservice.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a server over HTTP; failures are told with their exit code. */
final class CacheClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI base;
    private final @Nullable String token;

    /** Shows {@code token}, if there is one; {@code trust} is what an https URL needs beyond the JVM's authorities. */
    CacheClient(URI base, @Nullable String token, @Nullable SSLContext trust) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (trust != null) {
            builder.sslContext(trust);
        }
        this.http = builder.build();
        this.base = base;
        this.token = token;
    }

    /** The path and query of one entry. */
    static String entry(String key) {
        return "/v1/entry?key=" + encoded(key);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Sends a request and returns its answer, which is a success.
     *
     * @throws CommandFailure otherwise
     */
    HttpResponse<byte[]> send(String target, UnaryOperator<HttpRequest.Builder> method) {
        HttpResponse<byte[]> response = exchange(
                method.apply(request(target).timeout(ANSWER)).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw refusal(response.statusCode(), response.body());
        }
        return response;
    }

    /**
     * Sends a DELETE whose answer comes line by line, for as long as it takes, and tells {@code each} the JSON object of a
     * line when it is there.
     *
     * @throws CommandFailure when it is refused, or the connection ends
     */
    void deleteInLines(String target, Consumer<JsonNode> each) {
        HttpRequest request = request(target)
                .header("Accept", "application/x-ndjson")
                .DELETE()
                .build();
        HttpResponse<InputStream> response = exchange(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 300) {
                throw refusal(response.statusCode(), body.readAllBytes());
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                each.accept(parsed(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw unreachable("the connection ended in the middle of the answer", e);
        }
    }

    private HttpRequest.Builder request(String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (ConnectException e) {
            throw unreachable("nothing listens there; start it with: cache-service serve", e);
        } catch (HttpTimeoutException e) {
            throw unreachable("no answer in time", e);
        } catch (SSLException e) {
            throw unreachable(
                    "TLS failed: " + e.getMessage()
                            + "; where its certificate is signed by an authority of your own, give that with --ca-file"
                            + " or CACHE_SERVICE_CA_FILE",
                    e);
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted", e);
        }
    }

    /** As {@link #send} of a GET, for an answer that is a JSON document. */
    JsonNode read(String target) {
        return parsed(send(target, HttpRequest.Builder::GET).body());
    }

    /** Sends {@code body} as JSON; the answer is a JSON document, or nothing. */
    JsonNode post(String target, Object body) {
        byte[] json = JsonMapper.shared().writeValueAsBytes(body);
        return parsed(send(
                        target,
                        request -> request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(json)))
                .body());
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "the answer is not JSON: what listens there is no cache-service", e);
        }
    }

    private CommandFailure unreachable(String why, Exception cause) {
        return new CommandFailure(ExitCode.UNREACHABLE, "the server at " + base + " cannot be reached: " + why, cause);
    }

    private static CommandFailure refusal(int status, byte[] body) {
        JsonNode problem;
        try {
            problem = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return new CommandFailure(
                    exitCode(status), "HTTP status " + status + ", which no cache-service sends so", e);
        }
        return refusal(status, problem);
    }

    /** The failure that a problem of the server stands for. */
    static CommandFailure refusal(int status, JsonNode problem) {
        String type = problem.path("type").asString("");
        if (type.equals("/miss") || type.equals("/null")) {
            return new CommandFailure(ExitCode.MISS, "the key is absent");
        }
        // these come with 502 or 504, which are otherwise a proxy's word for a server that is away
        boolean refused = type.equals("/refused-by-redis") || type.startsWith("/source-");
        return new CommandFailure(
                refused ? ExitCode.REFUSED : exitCode(status),
                problem.path("title").asString("HTTP status " + status) + ": "
                        + problem.path("detail").asString("no detail"));
    }

    private static int exitCode(int status) {
        return status == 502 || status == 503 || status == 504 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
    }
}
