package io.cacheservice.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.server.source.ServiceWithSources;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;

/** A server on a free port with a real local tier, and a client for it. */
@NullMarked
final class RunningServer implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final CacheService service;
    final HttpServer server;
    private boolean stopped;

    private RunningServer(CacheService service, ContentTypes contentTypes, UnaryOperator<Limits> limits)
            throws IOException {
        this.service = service;
        CacheConfig config = service.config();
        this.server = HttpServer.start(
                service, ListenAddress.of(config, false), contentTypes, limits.apply(tight(Limits.of(config))));
    }

    /** Over a service that has sources, which is closed with the server. */
    static RunningServer over(ServiceWithSources sources) throws IOException {
        return new RunningServer(sources.service, sources.sources::contentType, UnaryOperator.identity());
    }

    static RunningServer start() throws IOException {
        return start(UnaryOperator.identity());
    }

    static RunningServer start(UnaryOperator<CacheConfig.Builder> settings) throws IOException {
        return start(settings, UnaryOperator.identity());
    }

    static RunningServer start(UnaryOperator<CacheConfig.Builder> settings, UnaryOperator<Limits> limits)
            throws IOException {
        CacheConfig config = settings.apply(CacheConfig.builder().serverPort(0)).build();
        return new RunningServer(CacheService.open(config), ContentTypes.UNKNOWN, limits);
    }

    /** The real limits without the pause before a stop, which tests of other things would only wait for. */
    private static Limits tight(Limits limits) {
        return new Limits(
                limits.maxValueBytes(),
                limits.maxBatchBytes(),
                limits.maxBodiesBytes(),
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                limits.maxRequests(),
                limits.maxWaiting(),
                limits.maxWait(),
                limits.idle(),
                limits.bodyTime(),
                limits.answerRate(),
                Duration.ZERO,
                Duration.ofSeconds(5));
    }

    static String entry(String key) {
        return "/v1/entry?key=" + URLEncoder.encode(key, UTF_8);
    }

    HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
        return send(target, HttpRequest.Builder::GET);
    }

    HttpResponse<byte[]> put(String target, String value, String... headers) throws IOException, InterruptedException {
        return send(target, r -> withHeaders(r, headers).PUT(HttpRequest.BodyPublishers.ofString(value)));
    }

    HttpResponse<byte[]> post(String target, String json) throws IOException, InterruptedException {
        return send(
                target,
                r -> r.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<byte[]> send(String target, UnaryOperator<HttpRequest.Builder> method)
            throws IOException, InterruptedException {
        return HTTP.send(
                method.apply(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    static HttpRequest.Builder withHeaders(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Sends bytes as they are and returns all that comes back until the server closes. */
    String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return rest(socket);
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), UTF_8);
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return Json.MAPPER.readTree(response.body());
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }

    @Override
    public void close() {
        if (!stopped) {
            stopped = true;
            server.stop();
            service.close();
        }
    }
}
