package io.cacheservice.examples.cities;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheService;
import io.cacheservice.server.http.HttpServer;
import io.cacheservice.server.http.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As bytes over HTTP: {@code POST /v1/entries:set} and {@code :get}, to a server of its own on a free port. */
final class HttpWay implements Way {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final URI root;

    private HttpWay(HttpServer server) {
        this.server = server;
        this.root = URI.create("http://127.0.0.1:" + server.port());
    }

    /** Serves {@code service}, whose configuration must ask for port 0. */
    static HttpWay serving(CacheService service) throws IOException {
        return new HttpWay(HttpServer.start(service, ListenAddress.of(service.config(), false)));
    }

    @Override
    public String name() {
        return "HTTP batches";
    }

    @Override
    public void write(Map<String, City> batch) throws IOException, InterruptedException {
        List<Map<String, String>> entries = new ArrayList<>();
        batch.forEach((key, city) -> entries.add(
                Map.of("key", key, "base64", Base64.getEncoder().encodeToString(CityFile.CODEC.encode(city)))));
        JsonNode answer = post("/v1/entries:set", Map.of("entries", entries));
        if (answer.path("applied").asInt() != batch.size()
                || !answer.path("errors").isEmpty()) {
            throw new IOException("not all of " + batch.size() + " records were stored: "
                    + answer.path("applied").asInt() + " were, first error "
                    + answer.path("errors").path(0));
        }
    }

    @Override
    public List<String> differing(Map<String, City> batch) throws IOException, InterruptedException {
        JsonNode answer = post("/v1/entries:get", Map.of("keys", batch.keySet()));
        Map<String, byte[]> found = new HashMap<>();
        for (JsonNode entry : answer.path("entries")) {
            found.put(entry.path("key").asString(), value(entry));
        }
        List<String> differing = new ArrayList<>();
        batch.forEach((key, city) -> {
            if (!Arrays.equals(CityFile.CODEC.encode(city), found.get(key))) {
                differing.add(key);
            }
        });
        return differing;
    }

    @Override
    public void close() {
        server.stop();
    }

    /** The server sends bytes that are UTF-8 as text, others as base64. */
    private static byte[] value(JsonNode entry) {
        JsonNode text = entry.get("text");
        return text != null
                ? text.asString().getBytes(UTF_8)
                : Base64.getDecoder().decode(entry.path("base64").asString());
    }

    private JsonNode post(String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("POST " + path + " was answered " + response.statusCode() + ": "
                    + new String(response.body(), UTF_8));
        }
        return MAPPER.readTree(response.body());
    }
}
