package io.cacheservice.server;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.server.http.HttpServer;
import io.cacheservice.server.http.ListenAddress;
import io.cacheservice.testkit.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of the program show is what happens. */
class DocumentationTest {
    @ParameterizedTest
    @ValueSource(strings = {"cli.md", "http-api.md", "doctor.md"})
    void whatThePageShowsIsWhatHappens(String page, @TempDir Path folder) throws Exception {
        CacheConfig config = CacheConfig.builder().serverPort(0).build();
        try (CacheService service = CacheService.open(config);
                RedisServer redis = RedisServer.start()) {
            HttpServer server = HttpServer.start(service, ListenAddress.of(config, false));
            try {
                ConsolePage.check(
                        page, folder, server.port(), command -> command.replace("redis://127.0.0.1:6379", redis.url()));
            } finally {
                server.stop();
            }
        }
    }
}
