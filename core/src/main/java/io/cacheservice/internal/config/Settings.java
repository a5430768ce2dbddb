package io.cacheservice.internal.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every setting there is, in the order of the documentation. */
public final class Settings {
    private static final Pattern WORD = Pattern.compile("[^\\x00-\\x20\\x7f]{1,256}");
    private static final Pattern PATH = Pattern.compile("[^\\x00-\\x20](?:[^\\x00]*[^\\x00-\\x20])?");
    private static final Pattern NODE =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}(?:\\*[1-9][0-9]{0,3})?");
    private static final Pattern PREFIX = Pattern.compile("[!-~&&[^{}*?\\[\\]\\\\]]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");

    public static final Setting<String> URL = new Setting<>(
            "url",
            SettingType.redisUrl(),
            null,
            "Where Redis or Valkey is, in one line. Excludes `host`, `port`, `username`, `password`, `passwordFile`, `db` and `tls`. User and password are percent-encoded.");
    public static final Setting<String> HOST = new Setting<>(
            "host",
            SettingType.text(RedisUrl.HOST, "a host name or address, without port or brackets"),
            null,
            "Where Redis or Valkey is. Neither `url` nor `host`: the local tier only.");
    public static final Setting<Integer> PORT =
            new Setting<>("port", SettingType.integer(1, 65535), RedisUrl.STANDARD_PORT, "The port of Redis.");
    public static final Setting<String> USERNAME = new Setting<>(
            "username",
            SettingType.text(WORD, "1 to 256 characters without spaces"),
            null,
            "The ACL user; needs a password. Without it, a password belongs to the default user.");
    public static final Setting<String> PASSWORD =
            new Setting<>("password", SettingType.secret(), null, "The password. Never printed.");
    public static final Setting<String> PASSWORD_FILE = new Setting<>(
            "passwordFile",
            SettingType.text(PATH, "the path of a readable file"),
            null,
            "A file whose first line is the password, read at every connect. Excludes `password`.");
    public static final Setting<Integer> DB =
            new Setting<>("db", SettingType.integer(0, 65535), 0, "The database number.");
    public static final Setting<Boolean> TLS =
            new Setting<>("tls", SettingType.bool(), false, "Whether to speak TLS; `rediss://` says the same.");
    public static final Setting<String> TLS_CA_FILE = new Setting<>(
            "tlsCaFile",
            SettingType.text(PATH, "the path of a PEM file"),
            null,
            "Certificates to trust instead of the JVM's. Needs TLS, as the other `tls` files do.");
    public static final Setting<String> TLS_CERT_FILE = new Setting<>(
            "tlsCertFile",
            SettingType.text(PATH, "the path of a PEM file"),
            null,
            "This client's certificate chain, for mutual TLS. Needs `tlsKeyFile`.");
    public static final Setting<String> TLS_KEY_FILE = new Setting<>(
            "tlsKeyFile",
            SettingType.text(PATH, "the path of a PEM file with a PKCS#8 key"),
            null,
            "The key of `tlsCertFile`, which it needs.");
    public static final Setting<Boolean> TLS_VERIFY_HOSTNAME =
            new Setting<>("tlsVerifyHostname", SettingType.bool(), true, "Whether the certificate must name the host.");
    public static final Setting<String> TOPOLOGY = new Setting<>(
            "topology",
            SettingType.oneOf(List.of("auto", "standalone", "sentinel", "cluster", "shards")),
            "auto",
            "How Redis is deployed. `auto`: `sentinel` where `sentinelMaster` is set, else `cluster` where several addresses are named or the server says so, else `standalone`. `shards`: independent servers, each with a share of the keys.");
    public static final Setting<List<String>> NODES = new Setting<>(
            "nodes",
            SettingType.list(
                    NODE,
                    "host:port, separated by commas; with topology = shards also host:port*weight, the weight from 1 to 9999"),
            List.of(),
            "More addresses than one: Sentinels, some nodes of a Cluster, or all shards. An address in `url` or `host` is one of them.");
    public static final Setting<String> SENTINEL_MASTER = new Setting<>(
            "sentinelMaster",
            SettingType.text(WORD, "1 to 256 characters without spaces"),
            null,
            "The name of the master that the Sentinels watch.");
    public static final Setting<String> SENTINEL_USERNAME = new Setting<>(
            "sentinelUsername",
            SettingType.text(WORD, "1 to 256 characters without spaces"),
            null,
            "The ACL user on the Sentinels; needs a password of theirs.");
    public static final Setting<String> SENTINEL_PASSWORD = new Setting<>(
            "sentinelPassword", SettingType.secret(), null, "The password of the Sentinels. Never printed.");
    public static final Setting<String> SENTINEL_PASSWORD_FILE = new Setting<>(
            "sentinelPasswordFile",
            SettingType.text(PATH, "the path of a readable file"),
            null,
            "A file whose first line is the password of the Sentinels, read at every connect. Excludes `sentinelPassword`.");
    public static final Setting<List<String>> ZONES = new Setting<>(
            "zones",
            SettingType.zones(),
            List.of(),
            "Several independent Redis that hold the same cache, each as name=url, in an order that is the same in all processes. The other settings of Redis hold for each. Excludes `url`, `host` and `nodes`; needs `zone`.");
    public static final Setting<String> ZONE = new Setting<>(
            "zone",
            SettingType.text(ZoneUrl.NAME, "1 to 32 letters, digits and . _ -"),
            null,
            "The one of `zones` that is nearest: it is read first.");
    public static final Setting<String> CLIENT_NAME = new Setting<>(
            "clientName",
            SettingType.text(Pattern.compile("[A-Za-z0-9._-]{1,64}"), "1 to 64 letters, digits and . _ -"),
            "cache-service",
            "The name that `CLIENT LIST` shows.");
    public static final Setting<String> KEY_PREFIX = new Setting<>(
            "keyPrefix",
            SettingType.text(
                    PREFIX, "1 to 64 printable ASCII characters without spaces, braces and the wildcards * ? [ ] \\"),
            "cache:",
            "Begins every key in Redis.");
    public static final Setting<Duration> DEFAULT_TTL = new Setting<>(
            "defaultTtl",
            SettingType.duration(Duration.ofMillis(1), Duration.ofDays(36500)),
            Duration.ofHours(1),
            "The life of entries that are stored without one.");
    public static final Setting<Long> MAX_MEMORY = new Setting<>(
            "maxMemory",
            SettingType.size(1L << 20, 1L << 40),
            null,
            "The bound of the tier of record: without Redis, of the local tier (a quarter of the heap when not set); with Redis, what its `maxmemory` must be.");
    public static final Setting<String> MAX_MEMORY_POLICY = new Setting<>(
            "maxMemoryPolicy",
            SettingType.oneOf(List.of(
                    "allkeys-lfu",
                    "allkeys-lru",
                    "allkeys-random",
                    "volatile-lfu",
                    "volatile-lru",
                    "volatile-random",
                    "volatile-ttl",
                    "noeviction")),
            null,
            "What the tier of record does when full. The local tier accepts `allkeys-lfu` (its default) and `noeviction`; with Redis, what its `maxmemory-policy` must be.");
    public static final Setting<Boolean> MANAGE_SERVER = new Setting<>(
            "manageServer",
            SettingType.bool(),
            false,
            "Whether `maxMemory` and `maxMemoryPolicy` are set on the Redis server, not only verified.");
    public static final Setting<Long> LOCAL_MAX_MEMORY = new Setting<>(
            "localMaxMemory",
            SettingType.size(1L << 20, 1L << 40),
            null,
            "The bound of the local tier in front of Redis; without it, a quarter of the heap.");
    public static final Setting<Double> HEAP_PRESSURE = new Setting<>(
            "heapPressure",
            SettingType.heapShare(),
            0.85,
            "The share of the heap that may be in use after a garbage collection: beyond it, the entries in this process make room; `none` lets them stay.");
    public static final Setting<Integer> POOL_SIZE = new Setting<>(
            "poolSize",
            SettingType.integer(1, 64),
            1,
            "Connections per Redis node. Each is shared by many callers, whose commands travel together: more than one pays only when one is not enough for the network or a core.");
    public static final Setting<Integer> MIN_IDLE_CONNS = new Setting<>(
            "minIdleConns",
            SettingType.integer(0, 64),
            1,
            "Of these, how many are opened at the start and kept; the others open on first use.");
    public static final Setting<Duration> CONNECT_TIMEOUT = new Setting<>(
            "connectTimeout",
            SettingType.duration(Duration.ofMillis(1), Duration.ofMinutes(5)),
            Duration.ofSeconds(2),
            "The time for opening a connection: TCP, TLS and handshake.");
    public static final Setting<Duration> READ_TIMEOUT = new Setting<>(
            "readTimeout",
            SettingType.duration(Duration.ofMillis(1), Duration.ofMinutes(5)),
            Duration.ofMillis(50),
            "The time for a read of Redis, from call to answer, waiting included.");
    public static final Setting<Duration> WRITE_TIMEOUT = new Setting<>(
            "writeTimeout",
            SettingType.duration(Duration.ofMillis(1), Duration.ofMinutes(5)),
            Duration.ofMillis(100),
            "The time for a write to Redis, from call to answer, waiting included.");
    public static final Setting<Integer> MAX_PENDING = new Setting<>(
            "maxPending",
            SettingType.integer(1, 1_000_000),
            10_000,
            "Commands that may wait for an answer on one connection; more are refused.");
    public static final Setting<Duration> BREAKER_PAUSE = new Setting<>(
            "breakerPause",
            SettingType.duration(Duration.ZERO, Duration.ofMinutes(5)),
            Duration.ofSeconds(1),
            "How long a Redis server is left alone when half of its last 100 answers did not come in time, give or take half, so that a fleet does not come back at once; `none` asks it always.");
    public static final Setting<Integer> JOURNAL_SIZE = new Setting<>(
            "journalSize",
            SettingType.integer(1, 10_000_000),
            100_000,
            "Invalidations kept while Redis is away, for caches with a source.");
    public static final Setting<String> JOURNAL_FILE = new Setting<>(
            "journalFile",
            SettingType.text(PATH, "the path of a file in a folder that exists"),
            null,
            "Keeps these invalidations on disk too, so that they outlive this process and are delivered by the next. It is made where it does not exist; each service needs a file of its own. It holds names of keys, never values.");
    public static final Setting<Boolean> CLEAR_OLD_DATA = new Setting<>(
            "clearOldData",
            SettingType.bool(),
            true,
            "Whether all typed caches are cleared when a Redis that keeps no append-only file comes back with data, which is as old as its last snapshot.");
    public static final Setting<Duration> REFRESH_INTERVAL = new Setting<>(
            "refreshInterval",
            SettingType.duration(Duration.ZERO, Duration.ofDays(1)),
            Duration.ZERO,
            "Each so often, keys read since the last time that near their end are refreshed; `none` is never.");
    public static final Setting<Double> REFRESH_PROB =
            new Setting<>("refreshProb", SettingType.probability(), 1.0, "The probability of such a refresh.");
    public static final Setting<Duration> TTL_THRESHOLD = new Setting<>(
            "ttlThreshold",
            SettingType.duration(Duration.ZERO, Duration.ofDays(36500)),
            Duration.ofSeconds(10),
            "The remaining life under which a key nears its end.");
    public static final Setting<Duration> MAX_STALENESS = new Setting<>(
            "maxStaleness",
            SettingType.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofSeconds(1),
            "How old an answer from the local tier in front of Redis can be at most; `none` keeps nothing in this process and asks Redis each time.");
    public static final Setting<Duration> COHERENCE_SAMPLE_INTERVAL = new Setting<>(
            "coherenceSampleInterval",
            SettingType.duration(Duration.ZERO, Duration.ofDays(1)),
            Duration.ofSeconds(1),
            "Each so often, one local copy is compared with what Redis holds, and it is measured how soon a change is heard; `none` is never.");
    public static final Setting<Long> MAX_KEY_BYTES =
            new Setting<>("maxKeyBytes", SettingType.size(1, 1L << 20), 4096L, "The longest key, in bytes of UTF-8.");
    public static final Setting<Long> MAX_VALUE_BYTES = new Setting<>(
            "maxValueBytes", SettingType.size(1, 512L << 20), 8L << 20, "The largest value, in bytes as stored.");
    public static final Setting<String> ENCRYPTION_KEYS_FILE = new Setting<>(
            "encryptionKeysFile",
            SettingType.text(PATH, "the path of a file of keys"),
            null,
            "Encrypts values in Redis: a file with a number and the Base64 of a key of 32 bytes in each line; the first encrypts, all decrypt. Read again when it changes.");
    public static final Setting<String> COMPRESSION = new Setting<>(
            "compression",
            SettingType.oneOf(List.of("auto", "none", "lz4", "zstd")),
            "auto",
            "How values are compressed for Redis. `auto`: Zstandard where it pays, with dictionaries trained on the values; nothing without the artifact `cache-service-compression`.");
    public static final Setting<Integer> SERVER_PORT = new Setting<>(
            "server.port", SettingType.integer(0, 65535), 7070, "The port of the program; 0 picks a free one.");
    public static final Setting<String> SERVER_BIND = new Setting<>(
            "server.bind",
            SettingType.text(RedisUrl.HOST, "a host name or address, without port or brackets"),
            "127.0.0.1",
            "The address the program listens on. Other than loopback needs `server.tokens`, `server.tokensFile` or `--insecure`.");
    public static final Setting<List<String>> SERVER_TOKENS = new Setting<>(
            "server.tokens",
            SettingType.secrets(TOKEN, "tokens of 16 to 512 letters, digits and - . _ ~ + / =, separated by commas"),
            List.of(),
            "Bearer tokens that the program accepts, each for everything. Neither these nor `server.tokensFile`: every caller is accepted.");
    public static final Setting<String> SERVER_TOKENS_FILE = new Setting<>(
            "server.tokensFile",
            SettingType.text(PATH, "the path of a YAML file"),
            null,
            "Bearer tokens with names, scopes and key prefixes, as in security.md; beside `server.tokens`. Read again when it changes.");
    public static final Setting<String> SERVER_TLS_CERT_FILE = new Setting<>(
            "server.tlsCertFile",
            SettingType.text(PATH, "the path of a PEM file"),
            null,
            "The program's certificate chain: it then speaks HTTPS, and only that. Needs `server.tlsKeyFile`. Read again when it changes.");
    public static final Setting<String> SERVER_TLS_KEY_FILE = new Setting<>(
            "server.tlsKeyFile",
            SettingType.text(PATH, "the path of a PEM file with a PKCS#8 key"),
            null,
            "The key of `server.tlsCertFile`, which it needs.");
    public static final Setting<Boolean> SERVER_REQUIRE_REDIS = new Setting<>(
            "server.requireRedis", SettingType.bool(), false, "Whether `/readyz` answers 503 while Redis is away.");
    private static final List<Setting<?>> ALL = List.of(
            URL,
            HOST,
            PORT,
            USERNAME,
            PASSWORD,
            PASSWORD_FILE,
            DB,
            TLS,
            TLS_CA_FILE,
            TLS_CERT_FILE,
            TLS_KEY_FILE,
            TLS_VERIFY_HOSTNAME,
            TOPOLOGY,
            NODES,
            SENTINEL_MASTER,
            SENTINEL_USERNAME,
            SENTINEL_PASSWORD,
            SENTINEL_PASSWORD_FILE,
            ZONES,
            ZONE,
            CLIENT_NAME,
            KEY_PREFIX,
            DEFAULT_TTL,
            MAX_MEMORY,
            MAX_MEMORY_POLICY,
            MANAGE_SERVER,
            LOCAL_MAX_MEMORY,
            HEAP_PRESSURE,
            POOL_SIZE,
            MIN_IDLE_CONNS,
            CONNECT_TIMEOUT,
            READ_TIMEOUT,
            WRITE_TIMEOUT,
            MAX_PENDING,
            BREAKER_PAUSE,
            JOURNAL_SIZE,
            JOURNAL_FILE,
            CLEAR_OLD_DATA,
            REFRESH_INTERVAL,
            REFRESH_PROB,
            TTL_THRESHOLD,
            MAX_STALENESS,
            COHERENCE_SAMPLE_INTERVAL,
            MAX_KEY_BYTES,
            MAX_VALUE_BYTES,
            ENCRYPTION_KEYS_FILE,
            COMPRESSION,
            SERVER_PORT,
            SERVER_BIND,
            SERVER_TOKENS,
            SERVER_TOKENS_FILE,
            SERVER_TLS_CERT_FILE,
            SERVER_TLS_KEY_FILE,
            SERVER_REQUIRE_REDIS);

    private Settings() {}

    /** All of them. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** The one of that name. */
    public static Optional<Setting<?>> named(String name) {
        return ALL.stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
