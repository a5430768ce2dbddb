package io.cacheservice;

import io.cacheservice.internal.config.ConfigFile;
import io.cacheservice.internal.config.Setting;
import io.cacheservice.internal.config.SettingDraft;
import io.cacheservice.internal.config.SettingValues;
import io.cacheservice.internal.config.Settings;
import io.cacheservice.internal.config.ZoneUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a service, checked, each with the place it came from.
 *
 * <p>{@code docs/configuration.md} describes every one. Immutable; {@link #toString()} prints no secrets.
 */
public final class CacheConfig {
    private final SettingValues values;

    private CacheConfig(SettingValues values) {
        this.values = values;
    }

    /** A builder with every setting at its default. */
    public static Builder builder() {
        return new Builder(SettingValues.NONE);
    }

    /**
     * The settings of the environment ({@code CACHE_*}), else of the configuration file, else the defaults. The file is
     * the one that the system property {@code cacheservice.config} names, else the environment variable
     * {@code CACHE_CONFIG_FILE}, else {@code cache-service.properties} in the working directory if it is there.
     *
     * @throws CacheConfigException naming everything that is wrong
     */
    public static CacheConfig load() {
        return load(System::getProperty, System.getenv(), Path.of(""));
    }

    /**
     * The settings of the environment ({@code CACHE_*}), else of this properties file, else the defaults.
     *
     * @throws CacheConfigException naming everything that is wrong, such as that there is no such file
     */
    public static CacheConfig load(Path file) {
        return builder().putFile(file).putEnvironment(System.getenv()).build();
    }

    static CacheConfig load(
            UnaryOperator<@Nullable String> systemProperties, Map<String, String> environment, Path folder) {
        Builder builder = builder();
        ConfigFile.find(systemProperties.apply(ConfigFile.PROPERTY), environment, folder)
                .ifPresent(builder::putFile);
        return builder.putEnvironment(environment).build();
    }

    /** A builder with the settings of this configuration and their origins. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /**
     * Where Redis is, from {@code url}, from {@code host} and its kin, from the first of {@code nodes}, or from the zone that is
     * {@link #zone()}; none: the local tier only.
     */
    public Optional<RedisEndpoint> redis() {
        return RedisEndpoints.of(zone().map(near -> inZone(near).values).orElse(values));
    }

    /**
     * The same configuration for the Redis of one zone alone.
     *
     * @param name as in {@link #zones()}
     * @throws IllegalArgumentException when there is none of that name
     */
    public CacheConfig inZone(String name) {
        return zones().stream()
                .map(ZoneUrl::parse)
                .filter(zone -> zone.name().equals(name))
                .findFirst()
                .map(zone -> new CacheConfig(values.atUrl(zone.url())))
                .orElseThrow(() -> new IllegalArgumentException("there is no zone '" + name + "', but " + zoneNames()));
    }

    /** The names in {@link #zones()}, in their order; empty: there is one Redis, or none. */
    public List<String> zoneNames() {
        return zones().stream().map(zone -> ZoneUrl.parse(zone).name()).toList();
    }

    /** Whether a Redis is named; without one there is only the local tier. */
    public boolean hasRedis() {
        return url().isPresent() || host().isPresent() || !nodes().isEmpty() || !zones().isEmpty();
    }

    /** Where Redis or Valkey is, in one line. Excludes {@code host}, {@code port}, {@code username}, {@code password}, {@code passwordFile}, {@code db} and {@code tls}. Percent-encoded, and with its password: {@link #redis()} has the parts. */
    public Optional<String> url() {
        return optional(Settings.URL);
    }

    /** Where Redis or Valkey is. Neither {@code url} nor {@code host}: the local tier only. */
    public Optional<String> host() {
        return optional(Settings.HOST);
    }

    /** The port of Redis. */
    public int port() {
        return required(Settings.PORT);
    }

    /** The ACL user. Without it, a password belongs to the default user. */
    public Optional<String> username() {
        return optional(Settings.USERNAME);
    }

    /** The password. Never printed. */
    public Optional<String> password() {
        return optional(Settings.PASSWORD);
    }

    /** A file whose first line is the password, read at every connect. Excludes {@code password}. */
    public Optional<String> passwordFile() {
        return optional(Settings.PASSWORD_FILE);
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
        return optional(Settings.TLS_CA_FILE);
    }

    /** This client's certificate chain, for mutual TLS. Needs {@code tlsKeyFile}. */
    public Optional<String> tlsCertFile() {
        return optional(Settings.TLS_CERT_FILE);
    }

    /** The key of {@code tlsCertFile}. */
    public Optional<String> tlsKeyFile() {
        return optional(Settings.TLS_KEY_FILE);
    }

    /** Whether the certificate must name the host. */
    public boolean tlsVerifyHostname() {
        return required(Settings.TLS_VERIFY_HOSTNAME);
    }

    /** How Redis is deployed: {@code auto}, {@code standalone}, {@code sentinel}, {@code cluster} or {@code shards}. */
    public String topology() {
        return required(Settings.TOPOLOGY);
    }

    /** More addresses than one: Sentinels, some nodes of a Cluster, or all shards. An address in {@code url} or {@code host} is one of them. */
    public List<String> nodes() {
        return required(Settings.NODES);
    }

    /** The name of the master that the Sentinels watch. */
    public Optional<String> sentinelMaster() {
        return optional(Settings.SENTINEL_MASTER);
    }

    /** The ACL user on the Sentinels; none is the default user. */
    public Optional<String> sentinelUsername() {
        return optional(Settings.SENTINEL_USERNAME);
    }

    /** The password of the Sentinels. Never printed. */
    public Optional<String> sentinelPassword() {
        return optional(Settings.SENTINEL_PASSWORD);
    }

    /** A file whose first line is the password of the Sentinels, read at every connect. Excludes {@code sentinelPassword}. */
    public Optional<String> sentinelPasswordFile() {
        return optional(Settings.SENTINEL_PASSWORD_FILE);
    }

    /** Several independent Redis that hold the same cache, each as name=url, in an order that is the same in all processes. With their passwords. The other settings of Redis hold for each. Excludes {@code url}, {@code host} and {@code nodes}; needs {@code zone}. */
    public List<String> zones() {
        return required(Settings.ZONES);
    }

    /** The one of {@code zones} that is nearest: it is read first. */
    public Optional<String> zone() {
        return optional(Settings.ZONE);
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
        return optional(Settings.MAX_MEMORY);
    }

    /** What the tier of record does when full. The local tier accepts {@code allkeys-lfu} (its default) and {@code noeviction}; with Redis, what its {@code maxmemory-policy} must be. */
    public Optional<String> maxMemoryPolicy() {
        return optional(Settings.MAX_MEMORY_POLICY);
    }

    /** Whether {@code maxMemory} and {@code maxMemoryPolicy} are set on the Redis server, not only verified. */
    public boolean manageServer() {
        return required(Settings.MANAGE_SERVER);
    }

    /** The bound of the local tier in front of Redis; empty: a quarter of the heap. */
    public Optional<Long> localMaxMemory() {
        return optional(Settings.LOCAL_MAX_MEMORY);
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

    /**
     * The share of the heap that may be in use after a garbage collection, beyond which the entries in this process make room; 1:
     * they never do.
     */
    public double heapPressure() {
        return required(Settings.HEAP_PRESSURE);
    }

    /** Commands that may wait for an answer on one connection; more are refused. */
    public int maxPending() {
        return required(Settings.MAX_PENDING);
    }

    /** How long a Redis server that does not answer in time is left alone; zero: it is asked always. */
    public Duration breakerPause() {
        return required(Settings.BREAKER_PAUSE);
    }

    /** Invalidations kept while Redis is away, for caches with a source. */
    public int journalSize() {
        return required(Settings.JOURNAL_SIZE);
    }

    /** The file in which invalidations are kept that Redis has not taken, if they are to outlive this process. */
    public Optional<String> journalFile() {
        return optional(Settings.JOURNAL_FILE);
    }

    /** Whether all typed caches are cleared when a Redis without append-only file comes back with data. */
    public boolean clearOldData() {
        return required(Settings.CLEAR_OLD_DATA);
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

    /** How old an answer from the local tier in front of Redis can be at most; zero: nothing is kept in this process. */
    public Duration maxStaleness() {
        return required(Settings.MAX_STALENESS);
    }

    /** How often a local copy is compared with what Redis holds; zero: never. */
    public Duration coherenceSampleInterval() {
        return required(Settings.COHERENCE_SAMPLE_INTERVAL);
    }

    /** The longest key, in bytes of UTF-8. */
    public long maxKeyBytes() {
        return required(Settings.MAX_KEY_BYTES);
    }

    /** The largest value, in bytes as stored. */
    public long maxValueBytes() {
        return required(Settings.MAX_VALUE_BYTES);
    }

    /** The file of the keys with which values in Redis are encrypted, if they are. */
    public Optional<String> encryptionKeysFile() {
        return optional(Settings.ENCRYPTION_KEYS_FILE);
    }

    /** How values are compressed for Redis, where a cache does not say otherwise. */
    public String compression() {
        return required(Settings.COMPRESSION);
    }

    /** The port of the program; 0 picks a free one. */
    public int serverPort() {
        return required(Settings.SERVER_PORT);
    }

    /** The address the program listens on. Other than loopback needs a token or {@code --insecure}. */
    public String serverBind() {
        return required(Settings.SERVER_BIND);
    }

    /** Bearer tokens that the program accepts; none: every caller is accepted. */
    public List<String> serverTokens() {
        return required(Settings.SERVER_TOKENS);
    }

    /** The file of bearer tokens with scopes and key prefixes, if there is one. */
    public Optional<String> serverTokensFile() {
        return optional(Settings.SERVER_TOKENS_FILE);
    }

    /** The PEM file of the program's certificate chain; it speaks HTTPS when there is one. */
    public Optional<String> serverTlsCertFile() {
        return optional(Settings.SERVER_TLS_CERT_FILE);
    }

    /** The PEM file of the key of {@link #serverTlsCertFile()}. */
    public Optional<String> serverTlsKeyFile() {
        return optional(Settings.SERVER_TLS_KEY_FILE);
    }

    /** Whether {@code /readyz} answers 503 while Redis is away. */
    public boolean serverRequireRedis() {
        return required(Settings.SERVER_REQUIRE_REDIS);
    }

    /** What was set, by name, and the place it came from, such as {@code environment CACHE_PORT}. */
    public Map<String, String> origins() {
        Map<String, String> origins = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            if (values.isSet(setting)) {
                origins.put(setting.name(), values.origin(setting));
            }
        }
        return origins;
    }

    /** Every setting that has a value, by name, with that value as text; secrets as {@code ***}. */
    public Map<String, String> values() {
        Map<String, String> printed = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            String value = values.printed(setting);
            if (value != null) {
                printed.put(setting.name(), value);
            }
        }
        return printed;
    }

    /** A table for people, one line for each setting: name, value, origin; secrets as {@code ***}. */
    public String table() {
        return values.table();
    }

    /** What was set and where; secrets as {@code ***}. */
    @Override
    public String toString() {
        Map<String, String> set = values();
        set.keySet().retainAll(origins().keySet());
        return "CacheConfig" + set;
    }

    private <T> Optional<T> optional(Setting<T> setting) {
        return Optional.ofNullable(values.value(setting));
    }

    private <T> T required(Setting<T> setting) {
        return Objects.requireNonNull(values.value(setting), setting.name());
    }

    /**
     * Sets settings: the last one to set a setting wins, so the least important source comes first. Not safe for use by
     * many threads.
     *
     * <p>A wrong value given to a setter is refused at once, with {@link CacheConfigException}; what is wrong with texts,
     * files and the environment is told by {@link #build()}, all of it together.
     */
    public static final class Builder {
        private final SettingDraft draft;

        private Builder(SettingValues values) {
            this.draft = new SettingDraft(values);
        }

        /**
         * Sets a setting by its name, from text, for programs that read settings from places of their own.
         *
         * @param name as in code, such as {@code server.port}
         * @param text as in a file, such as {@code 300ms}
         * @param origin where the text came from, to complete the sentence "from ...", such as
         *     {@code command line --port}
         */
        public Builder put(String name, String text, String origin) {
            draft.put(name, text, origin);
            return this;
        }

        /** Sets what a properties file in UTF-8 says; it must exist. */
        public Builder putFile(Path file) {
            draft.putFile(file);
            return this;
        }

        /**
         * Sets what the variables {@code CACHE_*} say. An unknown one is logged as a warning, once.
         *
         * @param environment most often {@link System#getenv()}
         */
        public Builder putEnvironment(Map<String, String> environment) {
            draft.putEnvironment(environment);
            return this;
        }

        /** Sets {@code url}. */
        public Builder url(String value) {
            return set(Settings.URL, value);
        }

        /** Sets {@code host}. */
        public Builder host(String value) {
            return set(Settings.HOST, value);
        }

        /** Sets {@code port}. */
        public Builder port(int value) {
            return set(Settings.PORT, value);
        }

        /** Sets {@code username}. */
        public Builder username(String value) {
            return set(Settings.USERNAME, value);
        }

        /** Sets {@code password}. */
        public Builder password(String value) {
            return set(Settings.PASSWORD, value);
        }

        /** Sets {@code passwordFile}. */
        public Builder passwordFile(String value) {
            return set(Settings.PASSWORD_FILE, value);
        }

        /** Sets {@code db}. */
        public Builder db(int value) {
            return set(Settings.DB, value);
        }

        /** Sets {@code tls}. */
        public Builder tls(boolean value) {
            return set(Settings.TLS, value);
        }

        /** Sets {@code tlsCaFile}. */
        public Builder tlsCaFile(String value) {
            return set(Settings.TLS_CA_FILE, value);
        }

        /** Sets {@code tlsCertFile}. */
        public Builder tlsCertFile(String value) {
            return set(Settings.TLS_CERT_FILE, value);
        }

        /** Sets {@code tlsKeyFile}. */
        public Builder tlsKeyFile(String value) {
            return set(Settings.TLS_KEY_FILE, value);
        }

        /** Sets {@code tlsVerifyHostname}. */
        public Builder tlsVerifyHostname(boolean value) {
            return set(Settings.TLS_VERIFY_HOSTNAME, value);
        }

        /** Sets {@code topology}. */
        public Builder topology(String value) {
            return set(Settings.TOPOLOGY, value);
        }

        /** Sets {@code nodes}. */
        public Builder nodes(List<String> value) {
            return set(Settings.NODES, value);
        }

        /** Sets {@code sentinelMaster}. */
        public Builder sentinelMaster(String value) {
            return set(Settings.SENTINEL_MASTER, value);
        }

        /** Sets {@code sentinelUsername}. */
        public Builder sentinelUsername(String value) {
            return set(Settings.SENTINEL_USERNAME, value);
        }

        /** Sets {@code sentinelPassword}. */
        public Builder sentinelPassword(String value) {
            return set(Settings.SENTINEL_PASSWORD, value);
        }

        /** Sets {@code sentinelPasswordFile}. */
        public Builder sentinelPasswordFile(String value) {
            return set(Settings.SENTINEL_PASSWORD_FILE, value);
        }

        /** Sets {@code zones}. */
        public Builder zones(List<String> value) {
            return set(Settings.ZONES, List.copyOf(value));
        }

        /** Sets {@code zone}. */
        public Builder zone(String value) {
            return set(Settings.ZONE, value);
        }

        /** Sets {@code clientName}. */
        public Builder clientName(String value) {
            return set(Settings.CLIENT_NAME, value);
        }

        /** Sets {@code keyPrefix}. */
        public Builder keyPrefix(String value) {
            return set(Settings.KEY_PREFIX, value);
        }

        /** Sets {@code defaultTtl}. */
        public Builder defaultTtl(Duration value) {
            return set(Settings.DEFAULT_TTL, value);
        }

        /** Sets {@code maxMemory}. */
        public Builder maxMemory(long value) {
            return set(Settings.MAX_MEMORY, value);
        }

        /** Sets {@code maxMemoryPolicy}. */
        public Builder maxMemoryPolicy(String value) {
            return set(Settings.MAX_MEMORY_POLICY, value);
        }

        /** Sets {@code manageServer}. */
        public Builder manageServer(boolean value) {
            return set(Settings.MANAGE_SERVER, value);
        }

        /** Sets {@code localMaxMemory}. */
        public Builder localMaxMemory(long value) {
            return set(Settings.LOCAL_MAX_MEMORY, value);
        }

        /** Sets {@code poolSize}. */
        public Builder poolSize(int value) {
            return set(Settings.POOL_SIZE, value);
        }

        /** Sets {@code minIdleConns}. */
        public Builder minIdleConns(int value) {
            return set(Settings.MIN_IDLE_CONNS, value);
        }

        /** Sets {@code connectTimeout}. */
        public Builder connectTimeout(Duration value) {
            return set(Settings.CONNECT_TIMEOUT, value);
        }

        /** Sets {@code readTimeout}. */
        public Builder readTimeout(Duration value) {
            return set(Settings.READ_TIMEOUT, value);
        }

        /** Sets {@code writeTimeout}. */
        public Builder writeTimeout(Duration value) {
            return set(Settings.WRITE_TIMEOUT, value);
        }

        /** Sets {@code heapPressure}; 1 is none. */
        public Builder heapPressure(double value) {
            return set(Settings.HEAP_PRESSURE, value);
        }

        /** Sets {@code maxPending}. */
        public Builder maxPending(int value) {
            return set(Settings.MAX_PENDING, value);
        }

        /** Sets {@code breakerPause}. */
        public Builder breakerPause(Duration value) {
            return set(Settings.BREAKER_PAUSE, value);
        }

        /** Sets {@code journalSize}. */
        public Builder journalSize(int value) {
            return set(Settings.JOURNAL_SIZE, value);
        }

        /** Sets {@code journalFile}. */
        public Builder journalFile(String value) {
            return set(Settings.JOURNAL_FILE, value);
        }

        /** Sets {@code clearOldData}. */
        public Builder clearOldData(boolean value) {
            return set(Settings.CLEAR_OLD_DATA, value);
        }

        /** Sets {@code refreshInterval}. */
        public Builder refreshInterval(Duration value) {
            return set(Settings.REFRESH_INTERVAL, value);
        }

        /** Sets {@code refreshProb}. */
        public Builder refreshProb(double value) {
            return set(Settings.REFRESH_PROB, value);
        }

        /** Sets {@code ttlThreshold}. */
        public Builder ttlThreshold(Duration value) {
            return set(Settings.TTL_THRESHOLD, value);
        }

        /** Sets {@code maxStaleness}. */
        public Builder maxStaleness(Duration value) {
            return set(Settings.MAX_STALENESS, value);
        }

        /** Sets {@code coherenceSampleInterval}. */
        public Builder coherenceSampleInterval(Duration value) {
            return set(Settings.COHERENCE_SAMPLE_INTERVAL, value);
        }

        /** Sets {@code maxKeyBytes}. */
        public Builder maxKeyBytes(long value) {
            return set(Settings.MAX_KEY_BYTES, value);
        }

        /** Sets {@code maxValueBytes}. */
        public Builder maxValueBytes(long value) {
            return set(Settings.MAX_VALUE_BYTES, value);
        }

        /** Sets {@code encryptionKeysFile}. */
        public Builder encryptionKeysFile(String value) {
            return set(Settings.ENCRYPTION_KEYS_FILE, value);
        }

        /** Sets {@code compression}. */
        public Builder compression(String value) {
            return set(Settings.COMPRESSION, value);
        }

        /** Sets {@code server.port}. */
        public Builder serverPort(int value) {
            return set(Settings.SERVER_PORT, value);
        }

        /** Sets {@code server.bind}. */
        public Builder serverBind(String value) {
            return set(Settings.SERVER_BIND, value);
        }

        /** Sets {@code server.tokens}. */
        public Builder serverTokens(List<String> value) {
            return set(Settings.SERVER_TOKENS, value);
        }

        /** Sets {@code server.tokensFile}. */
        public Builder serverTokensFile(String value) {
            return set(Settings.SERVER_TOKENS_FILE, value);
        }

        /** Sets {@code server.tlsCertFile}. */
        public Builder serverTlsCertFile(String value) {
            return set(Settings.SERVER_TLS_CERT_FILE, value);
        }

        /** Sets {@code server.tlsKeyFile}. */
        public Builder serverTlsKeyFile(String value) {
            return set(Settings.SERVER_TLS_KEY_FILE, value);
        }

        /** Sets {@code server.requireRedis}. */
        public Builder serverRequireRedis(boolean value) {
            return set(Settings.SERVER_REQUIRE_REDIS, value);
        }

        /**
         * The configuration, checked as a whole.
         *
         * @throws CacheConfigException naming every setting that is wrong with its value, its origin and what is allowed
         */
        public CacheConfig build() {
            return new CacheConfig(draft.check());
        }

        private <T> Builder set(Setting<T> setting, T value) {
            draft.set(setting, value);
            return this;
        }
    }
}
