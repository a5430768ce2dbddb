package io.cacheservice;

import io.cacheservice.internal.config.Setting;
import io.cacheservice.internal.config.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a service, checked, each with the place it came from.
 *
 * <p>{@code docs/configuration.md} describes every one. Immutable; {@link #toString()} prints no secrets.
 */
public final class CacheConfig {
    private final Map<Setting<?>, Assigned> assigned;

    private CacheConfig(Map<Setting<?>, Assigned> assigned) {
        this.assigned = new LinkedHashMap<>(assigned);
    }

    /** A builder with every setting at its default. */
    public static Builder builder() {
        return new Builder(Map.of());
    }

    /** A builder with the settings of this configuration. */
    public Builder toBuilder() {
        return new Builder(assigned);
    }

    /** Whether a Redis is named; without one there is only the local tier. */
    public boolean hasRedis() {
        return url().isPresent() || host().isPresent() || !nodes().isEmpty();
    }

    /** Where Redis or Valkey is, in one line. Excludes {@code host}, {@code port}, {@code username}, {@code password}, {@code db} and {@code tls}. */
    public Optional<String> url() {
        return Optional.ofNullable(value(Settings.URL));
    }

    /** Where Redis or Valkey is. Neither {@code url} nor {@code host}: the local tier only. */
    public Optional<String> host() {
        return Optional.ofNullable(value(Settings.HOST));
    }

    /** The port of Redis. */
    public int port() {
        return required(Settings.PORT);
    }

    /** The ACL user. Without it, a password belongs to the default user. */
    public Optional<String> username() {
        return Optional.ofNullable(value(Settings.USERNAME));
    }

    /** The password. Never printed. */
    public Optional<String> password() {
        return Optional.ofNullable(value(Settings.PASSWORD));
    }

    /** A file whose first line is the password, read at every connect. Excludes {@code password}. */
    public Optional<String> passwordFile() {
        return Optional.ofNullable(value(Settings.PASSWORD_FILE));
    }

    /** The database number. */
    public int db() {
        return required(Settings.DB);
    }

    /** Whether to speak TLS; {@code rediss://} says the same. */
    public boolean tls() {
        return required(Settings.TLS);
    }

    /** Certificates to trust instead of the JVM's. */
    public Optional<String> tlsCaFile() {
        return Optional.ofNullable(value(Settings.TLS_CA_FILE));
    }

    /** This client's certificate chain, for mutual TLS. Needs {@code tlsKeyFile}. */
    public Optional<String> tlsCertFile() {
        return Optional.ofNullable(value(Settings.TLS_CERT_FILE));
    }

    /** The key of {@code tlsCertFile}. */
    public Optional<String> tlsKeyFile() {
        return Optional.ofNullable(value(Settings.TLS_KEY_FILE));
    }

    /** Whether the certificate must name the host. */
    public boolean tlsVerifyHostname() {
        return required(Settings.TLS_VERIFY_HOSTNAME);
    }

    /** How Redis is deployed. */
    public String topology() {
        return required(Settings.TOPOLOGY);
    }

    /** Seed nodes of a Sentinel group or a Cluster. */
    public List<String> nodes() {
        return required(Settings.NODES);
    }

    /** The name of the master that the Sentinels watch. */
    public Optional<String> sentinelMaster() {
        return Optional.ofNullable(value(Settings.SENTINEL_MASTER));
    }

    /** The name that {@code CLIENT LIST} shows. */
    public String clientName() {
        return required(Settings.CLIENT_NAME);
    }

    /** Begins every key in Redis. */
    public String keyPrefix() {
        return required(Settings.KEY_PREFIX);
    }

    /** The life of entries that are stored without one. */
    public Duration defaultTtl() {
        return required(Settings.DEFAULT_TTL);
    }

    /** The bound of the tier of record: without Redis, of the local tier (a quarter of the heap when not set); with Redis, what its {@code maxmemory} must be. */
    public Optional<Long> maxMemory() {
        return Optional.ofNullable(value(Settings.MAX_MEMORY));
    }

    /** What the tier of record does when full. The local tier accepts {@code allkeys-lfu} (its default) and {@code noeviction}; with Redis, what its {@code maxmemory-policy} must be. */
    public Optional<String> maxMemoryPolicy() {
        return Optional.ofNullable(value(Settings.MAX_MEMORY_POLICY));
    }

    /** Whether {@code maxMemory} and {@code maxMemoryPolicy} are set on the Redis server, not only verified. */
    public boolean manageServer() {
        return required(Settings.MANAGE_SERVER);
    }

    /** The bound of the local tier in front of Redis. */
    public Optional<Long> localMaxMemory() {
        return Optional.ofNullable(value(Settings.LOCAL_MAX_MEMORY));
    }

    /** Connections per Redis node; each is shared by many callers. */
    public int poolSize() {
        return required(Settings.POOL_SIZE);
    }

    /** Of these, how many are opened at the start and kept; the others open on first use. */
    public int minIdleConns() {
        return required(Settings.MIN_IDLE_CONNS);
    }

    /** The time for opening a connection: TCP, TLS and handshake. */
    public Duration connectTimeout() {
        return required(Settings.CONNECT_TIMEOUT);
    }

    /** The time for a read of Redis, from call to answer, waiting included. */
    public Duration readTimeout() {
        return required(Settings.READ_TIMEOUT);
    }

    /** The time for a write to Redis, from call to answer, waiting included. */
    public Duration writeTimeout() {
        return required(Settings.WRITE_TIMEOUT);
    }

    /** Commands that may wait for an answer on one connection; more are refused. */
    public int maxPending() {
        return required(Settings.MAX_PENDING);
    }

    /** Invalidations kept while Redis is away, for caches with a source. */
    public int journalSize() {
        return required(Settings.JOURNAL_SIZE);
    }

    /** Each so often, keys read since the last time that near their end are refreshed; {@code none} is never. */
    public Duration refreshInterval() {
        return required(Settings.REFRESH_INTERVAL);
    }

    /** The probability of such a refresh. */
    public double refreshProb() {
        return required(Settings.REFRESH_PROB);
    }

    /** The remaining life under which a key nears its end. */
    public Duration ttlThreshold() {
        return required(Settings.TTL_THRESHOLD);
    }

    /** How old a local answer in front of Redis can be at most. */
    public Duration maxStaleness() {
        return required(Settings.MAX_STALENESS);
    }

    /** The longest key, in bytes of UTF-8. */
    public long maxKeyBytes() {
        return required(Settings.MAX_KEY_BYTES);
    }

    /** The largest value, in bytes as stored. */
    public long maxValueBytes() {
        return required(Settings.MAX_VALUE_BYTES);
    }

    /** The port of the program; 0 picks a free one. */
    public int serverPort() {
        return required(Settings.SERVER_PORT);
    }

    /** The address the program listens on. Other than loopback needs {@code server.tokens} or {@code --insecure}. */
    public String serverBind() {
        return required(Settings.SERVER_BIND);
    }

    /** Bearer tokens that the program accepts; none: every caller is accepted. */
    public List<String> serverTokens() {
        return required(Settings.SERVER_TOKENS);
    }

    /** Whether {@code /readyz} answers 503 while Redis is away. */
    public boolean serverRequireRedis() {
        return required(Settings.SERVER_REQUIRE_REDIS);
    }

    /** What was set, each with its value as text and the place it came from; secrets as {@code ***}. */
    public Map<String, String> origins() {
        Map<String, String> origins = new LinkedHashMap<>();
        assigned.forEach((setting, value) -> origins.put(setting.name(), value.origin()));
        return origins;
    }

    @SuppressWarnings("unchecked") // a setting is only ever assigned values of its own type
    private <T> @Nullable T value(Setting<T> setting) {
        Assigned value = assigned.get(setting);
        return value == null ? setting.defaultValue() : (T) value.value();
    }

    private <T> T required(Setting<T> setting) {
        T value = value(setting);
        if (value == null) {
            throw new IllegalStateException(setting.name() + " has no default");
        }
        return value;
    }

    private record Assigned(Object value, String origin) {}

    /** Sets settings by code. A wrong value is refused at once. Not safe for use by many threads. */
    public static final class Builder {
        private final Map<Setting<?>, Assigned> assigned;

        private Builder(Map<Setting<?>, Assigned> assigned) {
            this.assigned = new LinkedHashMap<>(assigned);
        }

        /** Sets {@code url}. */
        public Builder url(String value) {
            return set(Settings.URL, value, "code");
        }

        /** Sets {@code host}. */
        public Builder host(String value) {
            return set(Settings.HOST, value, "code");
        }

        /** Sets {@code port}. */
        public Builder port(int value) {
            return set(Settings.PORT, value, "code");
        }

        /** Sets {@code username}. */
        public Builder username(String value) {
            return set(Settings.USERNAME, value, "code");
        }

        /** Sets {@code password}. */
        public Builder password(String value) {
            return set(Settings.PASSWORD, value, "code");
        }

        /** Sets {@code passwordFile}. */
        public Builder passwordFile(String value) {
            return set(Settings.PASSWORD_FILE, value, "code");
        }

        /** Sets {@code db}. */
        public Builder db(int value) {
            return set(Settings.DB, value, "code");
        }

        /** Sets {@code tls}. */
        public Builder tls(boolean value) {
            return set(Settings.TLS, value, "code");
        }

        /** Sets {@code tlsCaFile}. */
        public Builder tlsCaFile(String value) {
            return set(Settings.TLS_CA_FILE, value, "code");
        }

        /** Sets {@code tlsCertFile}. */
        public Builder tlsCertFile(String value) {
            return set(Settings.TLS_CERT_FILE, value, "code");
        }

        /** Sets {@code tlsKeyFile}. */
        public Builder tlsKeyFile(String value) {
            return set(Settings.TLS_KEY_FILE, value, "code");
        }

        /** Sets {@code tlsVerifyHostname}. */
        public Builder tlsVerifyHostname(boolean value) {
            return set(Settings.TLS_VERIFY_HOSTNAME, value, "code");
        }

        /** Sets {@code topology}. */
        public Builder topology(String value) {
            return set(Settings.TOPOLOGY, value, "code");
        }

        /** Sets {@code nodes}. */
        public Builder nodes(List<String> value) {
            return set(Settings.NODES, value, "code");
        }

        /** Sets {@code sentinelMaster}. */
        public Builder sentinelMaster(String value) {
            return set(Settings.SENTINEL_MASTER, value, "code");
        }

        /** Sets {@code clientName}. */
        public Builder clientName(String value) {
            return set(Settings.CLIENT_NAME, value, "code");
        }

        /** Sets {@code keyPrefix}. */
        public Builder keyPrefix(String value) {
            return set(Settings.KEY_PREFIX, value, "code");
        }

        /** Sets {@code defaultTtl}. */
        public Builder defaultTtl(Duration value) {
            return set(Settings.DEFAULT_TTL, value, "code");
        }

        /** Sets {@code maxMemory}. */
        public Builder maxMemory(long value) {
            return set(Settings.MAX_MEMORY, value, "code");
        }

        /** Sets {@code maxMemoryPolicy}. */
        public Builder maxMemoryPolicy(String value) {
            return set(Settings.MAX_MEMORY_POLICY, value, "code");
        }

        /** Sets {@code manageServer}. */
        public Builder manageServer(boolean value) {
            return set(Settings.MANAGE_SERVER, value, "code");
        }

        /** Sets {@code localMaxMemory}. */
        public Builder localMaxMemory(long value) {
            return set(Settings.LOCAL_MAX_MEMORY, value, "code");
        }

        /** Sets {@code poolSize}. */
        public Builder poolSize(int value) {
            return set(Settings.POOL_SIZE, value, "code");
        }

        /** Sets {@code minIdleConns}. */
        public Builder minIdleConns(int value) {
            return set(Settings.MIN_IDLE_CONNS, value, "code");
        }

        /** Sets {@code connectTimeout}. */
        public Builder connectTimeout(Duration value) {
            return set(Settings.CONNECT_TIMEOUT, value, "code");
        }

        /** Sets {@code readTimeout}. */
        public Builder readTimeout(Duration value) {
            return set(Settings.READ_TIMEOUT, value, "code");
        }

        /** Sets {@code writeTimeout}. */
        public Builder writeTimeout(Duration value) {
            return set(Settings.WRITE_TIMEOUT, value, "code");
        }

        /** Sets {@code maxPending}. */
        public Builder maxPending(int value) {
            return set(Settings.MAX_PENDING, value, "code");
        }

        /** Sets {@code journalSize}. */
        public Builder journalSize(int value) {
            return set(Settings.JOURNAL_SIZE, value, "code");
        }

        /** Sets {@code refreshInterval}. */
        public Builder refreshInterval(Duration value) {
            return set(Settings.REFRESH_INTERVAL, value, "code");
        }

        /** Sets {@code refreshProb}. */
        public Builder refreshProb(double value) {
            return set(Settings.REFRESH_PROB, value, "code");
        }

        /** Sets {@code ttlThreshold}. */
        public Builder ttlThreshold(Duration value) {
            return set(Settings.TTL_THRESHOLD, value, "code");
        }

        /** Sets {@code maxStaleness}. */
        public Builder maxStaleness(Duration value) {
            return set(Settings.MAX_STALENESS, value, "code");
        }

        /** Sets {@code maxKeyBytes}. */
        public Builder maxKeyBytes(long value) {
            return set(Settings.MAX_KEY_BYTES, value, "code");
        }

        /** Sets {@code maxValueBytes}. */
        public Builder maxValueBytes(long value) {
            return set(Settings.MAX_VALUE_BYTES, value, "code");
        }

        /** Sets {@code server.port}. */
        public Builder serverPort(int value) {
            return set(Settings.SERVER_PORT, value, "code");
        }

        /** Sets {@code server.bind}. */
        public Builder serverBind(String value) {
            return set(Settings.SERVER_BIND, value, "code");
        }

        /** Sets {@code server.tokens}. */
        public Builder serverTokens(List<String> value) {
            return set(Settings.SERVER_TOKENS, value, "code");
        }

        /** Sets {@code server.requireRedis}. */
        public Builder serverRequireRedis(boolean value) {
            return set(Settings.SERVER_REQUIRE_REDIS, value, "code");
        }

        /** The configuration. */
        public CacheConfig build() {
            return new CacheConfig(assigned);
        }

        private <T> Builder set(Setting<T> setting, T value, String origin) {
            if (!setting.type().accepts(value)) {
                throw new CacheConfigException(
                        setting.name() + " = " + setting.type().print(value) + " (from " + origin
                                + ") is refused: expected " + setting.type().allowed());
            }
            assigned.put(setting, new Assigned(value, origin));
            return this;
        }
    }
}
