package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Tiers;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class CacheServicePropertiesTest {
    /** A row of the table of settings, but for those of the program. */
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `((?!server\\.)[A-Za-z.]+)` \\| `CACHE_");

    @Test
    void everySettingIsAPropertyInItsOrder() throws Exception {
        Matcher settings = SETTING.matcher(Files.readString(Path.of("..", "docs", "configuration.md")));
        List<String> properties = Arrays.stream(CacheServiceProperties.class.getRecordComponents())
                .map(RecordComponent::getName)
                .skip(3)
                .toList();

        assertThat(properties)
                .as("components of CacheServiceProperties beside the settings of docs/configuration.md")
                .containsExactlyElementsOf(
                        settings.results().map(row -> row.group(1)).toList());
    }

    @Test
    void aPropertyIsASettingInItsNotation() {
        CacheConfig config = config(Map.of(
                "cache-service.url", "redis://cache.example",
                "cache-service.default-ttl", "10m",
                "cache-service.maxStaleness", "none",
                "cache-service.local-max-memory", "64MB",
                "cache-service.pool-size", "2"));

        assertThat(config.defaultTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.maxStaleness()).isZero();
        assertThat(config.localMaxMemory()).hasValue(64L << 20);
        assertThat(config.poolSize()).isEqualTo(2);
        assertThat(config.origins()).containsEntry("defaultTtl", "property cache-service.default-ttl");
    }

    @Test
    void aWrongValueIsRefusedByTheNameOfItsProperty() {
        assertThatThrownBy(() -> config(Map.of("cache-service.default-ttl", "600")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("defaultTtl", "600", "property cache-service.default-ttl", "10m");
    }

    @Test
    void environmentVariablesAreRead() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "systemEnvironment",
                        Map.of("CACHESERVICE_DEFAULTTTL", "10m", "CACHESERVICE_CACHES_USERS_TTL", "1m")));

        CacheServiceProperties properties =
                Binder.get(environment).bindOrCreate("cache-service", CacheServiceProperties.class);
        assertThat(properties.defaultTtl()).isEqualTo("10m");
        assertThat(properties.caches()).containsOnlyKeys("users");
    }

    @Test
    void nodesAreAList() {
        CacheConfig config = config(Map.of(
                "cache-service.nodes[0]", "n1:6379",
                "cache-service.nodes[1]", "n2:6379"));

        assertThat(config.nodes()).containsExactly("n1:6379", "n2:6379");
    }

    @Test
    void aCacheHasAPolicyOfItsOwn() {
        CachePolicy policy = bound(Map.of(
                        "cache-service.caches.users.type", User.class.getName(),
                        "cache-service.caches.users.ttl", "10m",
                        "cache-service.caches.users.null-ttl", "none",
                        "cache-service.caches.users.error-ttl", "1s",
                        "cache-service.caches.users.max-staleness", "PT0.5S",
                        "cache-service.caches.users.local-max-memory", "16mb",
                        "cache-service.caches.users.tiers", "remote-only",
                        "cache-service.caches.users.on-unavailable", "fail"))
                .caches()
                .getOrDefault("users", CachePolicy.DEFAULTS);

        assertThat(policy)
                .isEqualTo(new CachePolicy(
                        User.class,
                        new SettingDuration(Duration.ofMinutes(10)),
                        new SettingDuration(Duration.ZERO),
                        new SettingDuration(Duration.ofSeconds(1)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        Tiers.REMOTE_ONLY,
                        new SettingDuration(Duration.ofMillis(500)),
                        new SettingSize(16 << 20),
                        OnUnavailable.FAIL));
    }

    @Test
    void bareNumbersOfACacheAreRefused() {
        assertThatThrownBy(() -> bound(Map.of("cache-service.caches.users.ttl", "600")))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("'600' has no unit");
        assertThatThrownBy(() -> bound(Map.of("cache-service.caches.users.local-max-memory", "600")))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("'600' has no unit");
    }

    @Test
    void propertiesArePrintedWithoutSecrets() {
        assertThat(bound(Map.of("cache-service.host", "h", "cache-service.password", "hidden")))
                .asString()
                .doesNotContain("hidden");
    }

    private static CacheConfig config(Map<String, String> properties) {
        CacheConfig.Builder settings = CacheConfig.builder();
        bound(properties).putInto(settings);
        return settings.build();
    }

    private static CacheServiceProperties bound(Map<String, String> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new org.springframework.core.env.MapPropertySource("test", Map.copyOf(properties)));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("cache-service", CacheServiceProperties.class);
    }
}
