package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SpringDataRedisTest {
    @Test
    void anAddressWithItsPartsIsTaken() {
        CacheConfig config = config(Map.of(
                "spring.data.redis.host", "cache.example",
                "spring.data.redis.port", "6380",
                "spring.data.redis.username", "orders",
                "spring.data.redis.password", "p@ss,word",
                "spring.data.redis.database", "2",
                "spring.data.redis.ssl.enabled", "true",
                "spring.data.redis.client-name", "orders-7",
                "spring.data.redis.connect-timeout", "1500",
                "spring.data.redis.timeout", "2s"));

        assertThat(config.redis()).hasValueSatisfying(redis -> {
            assertThat(redis).hasToString("rediss://orders:***@cache.example:6380/2");
            assertThat(redis.password().map(String::new)).hasValue("p@ss,word");
        });
        assertThat(config.clientName()).isEqualTo("orders-7");
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.readTimeout()).as("a cache has a budget of its own").isEqualTo(Duration.ofMillis(50));
        assertThat(config.origins()).containsEntry("db", "property spring.data.redis.database");
    }

    @Test
    void aPortAloneIsOneOfThisMachine() {
        assertThat(config(Map.of("spring.data.redis.port", "6380")).redis())
                .hasValueSatisfying(redis -> assertThat(redis).hasToString("redis://localhost:6380/0"));
    }

    @Test
    void aUrlWinsOverItsParts() {
        CacheConfig config = config(Map.of(
                "spring.data.redis.url", "redis://:secret@cache.example:7000/1",
                "spring.data.redis.host", "other.example",
                "spring.data.redis.password", "other"));

        assertThat(config.url()).hasValue("redis://:secret@cache.example:7000/1");
        assertThat(config.host()).isEmpty();
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void sentinelsAreTaken() {
        CacheConfig config = config(Map.of(
                "spring.data.redis.sentinel.master", "main",
                "spring.data.redis.sentinel.nodes", "s1:26379,s2:26379",
                "spring.data.redis.sentinel.password", "theirs",
                "spring.data.redis.password", "ours"));

        assertThat(config.topology()).isEqualTo("sentinel");
        assertThat(config.nodes()).containsExactly("s1:26379", "s2:26379");
        assertThat(config.sentinelMaster()).hasValue("main");
        assertThat(config.sentinelPassword()).hasValue("theirs");
        assertThat(config.password()).hasValue("ours");
        assertThat(config.host()).isEmpty();
    }

    @Test
    void aClusterIsTaken() {
        CacheConfig config = config(Map.of(
                "spring.data.redis.cluster.nodes[0]", "n1:6379",
                "spring.data.redis.cluster.nodes[1]", "n2:6379",
                "spring.data.redis.cluster.max-redirects", "3"));

        assertThat(config.topology()).isEqualTo("cluster");
        assertThat(config.nodes()).containsExactly("n1:6379", "n2:6379");
    }

    @Test
    void whereNoRedisIsNamedThereIsOnlyThisProcess() {
        assertThat(config(Map.of("spring.data.redis.repositories.enabled", "true"))
                        .hasRedis())
                .isFalse();
    }

    @Test
    void whatWeCannotDoIsRefusedWithARemedy() {
        assertThatThrownBy(() -> config(Map.of("spring.data.redis.masterreplica.nodes", "m:6379,r:6379")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("spring.data.redis.masterreplica", "cache-service.url");
        assertThatThrownBy(() -> config(Map.of("spring.data.redis.host", "h", "spring.data.redis.ssl.bundle", "b")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("spring.data.redis.ssl.bundle", "tls-ca-file");
        assertThatThrownBy(() -> config(
                        Map.of("spring.data.redis.url", "redis://h", "spring.data.redis.cluster.nodes", "n1:6379")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("spring.data.redis.url");
    }

    private static CacheConfig config(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        CacheConfig.Builder settings = CacheConfig.builder();
        SpringDataRedis.of(environment).putInto(settings);
        return settings.build();
    }
}
