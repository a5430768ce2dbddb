package io.cacheservice.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.cacheservice.server.http.HttpServer;
import io.cacheservice.server.http.ListenAddress;
import io.cacheservice.server.source.CityDatabase;
import io.cacheservice.server.source.ServiceWithSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about sources: its YAML, over a database, a service and a directory as it describes them. */
class SourcesPageTest {
    private static final String PAGE = "sources.md";

    @TempDir
    private Path folder;

    @Test
    void whatThePageShowsIsWhatHappens() throws Exception {
        CityDatabase.open(folder).close();
        Files.writeString(folder.resolve("cities-password"), CityDatabase.PASSWORD);
        Files.writeString(Files.createDirectories(folder.resolve("pages")).resolve("start.html"), "<h1>Start</h1>\n");
        com.sun.net.httpserver.HttpServer weather =
                com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        weather.createContext("/v1/places/", SourcesPageTest::weather);
        weather.start();
        String yaml = ConsolePage.block(PAGE, "yaml")
                .replace("jdbc:h2:./cities", "jdbc:h2:" + folder.resolve("cities"))
                .replace("passwordFile: ", "passwordFile: " + folder + "/")
                .replace("path: ", "path: " + folder + "/")
                .replace("127.0.0.1:8080", "127.0.0.1:" + weather.getAddress().getPort());
        try (ServiceWithSources opened =
                ServiceWithSources.open(folder, yaml, Map.of("WEATHER_KEY", "key-4711"), settings -> settings)) {
            HttpServer server = HttpServer.start(
                    opened.service, ListenAddress.of(opened.service.config(), false), opened.sources::contentType);
            try {
                ConsolePage.check(PAGE, folder, server.port(), command -> command);
            } finally {
                server.stop();
            }
        } finally {
            weather.stop(0);
        }
    }

    private static void weather(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("X-Api-Key")).isEqualTo("key-4711");
        String place = exchange.getRequestURI().getPath().split("/", -1)[3];
        byte[] body = ("{\"place\":\"" + place + "\",\"degrees\":7}").getBytes(UTF_8);
        exchange.sendResponseHeaders(place.equals("atlantis") ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
