package io.cacheservice.spring;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Where Redis is, as {@code spring.data.redis.*} says it: the address, who we are, and how the connection is made.
 *
 * <p>Other properties of that name are about another client: its pools, and {@code timeout}, since a cache that waits as long
 * as a client must would make a slow Redis everybody's problem.
 */
record SpringDataRedis(
        @Nullable String url,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String username,
        @Nullable String password,
        @Nullable Integer database,
        @Nullable String clientName,
        @Nullable Duration connectTimeout,
        @Nullable Ssl ssl,
        @Nullable Sentinel sentinel,
        @Nullable Nodes cluster,
        @Nullable Nodes masterreplica) {
    private static final String PREFIX = "spring.data.redis";
    private static final SpringDataRedis NOTHING =
            new SpringDataRedis(null, null, null, null, null, null, null, null, null, null, null, null);

    /** Whether to speak TLS, and with which certificates. */
    record Ssl(@Nullable Boolean enabled, @Nullable String bundle) {}

    /** The Sentinels and the master they watch. */
    record Sentinel(
            @Nullable String master,
            @Nullable List<String> nodes,
            @Nullable String username,
            @Nullable String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Sentinel[" + master + "]";
        }
    }

    /** Addresses. */
    record Nodes(@Nullable List<String> nodes) {}

    /** What the environment says; nothing where it says nothing. */
    static SpringDataRedis of(Environment environment) {
        return Binder.get(environment).bind(PREFIX, SpringDataRedis.class).orElse(NOTHING);
    }

    /** Whether it says where Redis is. A port alone does: Spring's default host is localhost. */
    boolean namesRedis() {
        return url != null
                || host != null
                || port != null
                || sentinel != null
                || cluster != null
                || masterreplica != null;
    }

    /**
     * Adds to {@code settings} what it says, where it names a Redis.
     *
     * @throws CacheConfigException when it says what we cannot do
     */
    void putInto(CacheConfig.Builder settings) {
        if (!namesRedis()) {
            return;
        }
        refuse(masterreplica != null, "masterreplica", "give the address of the master alone, in cache-service.url");
        refuse(
                ssl != null && ssl.bundle() != null,
                "ssl.bundle",
                "name PEM files in cache-service.tls-ca-file, .tls-cert-file and .tls-key-file, beside the address in"
                        + " cache-service.url");
        refuse(
                url != null && (sentinel != null || cluster != null),
                "url",
                "the addresses under sentinel or cluster say it: remove one");
        Source source = new Source(settings);
        if (url != null) {
            source.put("url", "url", url);
        } else {
            putAddress(source);
            source.put("username", "username", username);
            source.put("password", "password", password);
            source.put("db", "database", database);
            source.put("tls", "ssl.enabled", ssl == null ? null : ssl.enabled());
        }
        source.put("clientName", "client-name", clientName);
        source.put(
                "connectTimeout", "connect-timeout", connectTimeout == null ? null : connectTimeout.toMillis() + "ms");
    }

    private void putAddress(Source source) {
        if (sentinel != null) {
            source.put("topology", "sentinel", "sentinel");
            source.put("nodes", "sentinel.nodes", joined(sentinel.nodes()));
            source.put("sentinelMaster", "sentinel.master", sentinel.master());
            source.put("sentinelUsername", "sentinel.username", sentinel.username());
            source.put("sentinelPassword", "sentinel.password", sentinel.password());
        } else if (cluster != null) {
            source.put("topology", "cluster", "cluster");
            source.put("nodes", "cluster.nodes", joined(cluster.nodes()));
        } else {
            source.put("host", "host", host == null ? "localhost" : host);
            source.put("port", "port", port);
        }
    }

    private static @Nullable String joined(@Nullable List<String> nodes) {
        return nodes == null ? null : String.join(",", nodes);
    }

    private static void refuse(boolean unfit, String property, String remedy) {
        if (unfit) {
            throw new CacheConfigException(PREFIX + "." + property + " is refused: " + remedy);
        }
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "SpringDataRedis[" + host + "]";
    }

    private record Source(CacheConfig.Builder settings) {
        void put(String setting, String property, @Nullable Object value) {
            if (value != null) {
                settings.put(setting, value.toString(), "property " + PREFIX + "." + property);
            }
        }
    }
}
