package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, which shows the text between the marks. */
class ConfigurationExampleTest {
    static final String PROPERTIES = """
            # cache-service.properties
            host = cache.example
            tls = true
            username = orders
            passwordFile = /run/secrets/redis-password
            keyPrefix = orders:
            defaultTtl = 10m
            """;

    @TempDir
    Path folder;

    @Test
    void settingsFromOutsideAreRefinedInCode() throws IOException {
        Path file = folder.resolve("orders.properties");
        Files.writeString(file, "keyPrefix = orders:\n");
        // region settings
        CacheConfig config = CacheConfig.builder()
                .putFile(file)
                .putEnvironment(System.getenv())
                .put("poolSize", "4", "command line --pool-size")
                .readTimeout(Duration.ofMillis(80))
                .build();
        System.out.print(config.table());
        // endregion
        assertThat(config.poolSize()).isEqualTo(4);
        assertThat(config.keyPrefix()).isEqualTo("orders:");
    }

    @Test
    void thePropertiesOfTheDocumentationAreAccepted() throws IOException {
        Path password = Files.writeString(folder.resolve("redis-password"), "hunter2");
        Path file = folder.resolve("cache-service.properties");
        Files.writeString(file, PROPERTIES.replace("/run/secrets/redis-password", password.toString()));
        CacheConfig config = CacheConfig.builder().putFile(file).build();
        assertThat(config.redis())
                .hasValueSatisfying(redis -> assertThat(redis).hasToString("rediss://orders:***@cache.example:6379/0"));
        assertThat(config.defaultTtl()).isEqualTo(Duration.ofMinutes(10));
    }
}
