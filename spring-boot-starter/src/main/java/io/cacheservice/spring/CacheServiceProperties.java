package io.cacheservice.spring;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code cache-service.*}: those of this module, then every setting of {@link CacheConfig} that is not the
 * program's, under its own name and in its own notation. An unknown one stops the start.
 *
 * @param enabled Whether there is a cache service at all.
 * @param transactionAware Whether puts, evictions and clearings wait for the commit of the transaction they are made in.
 * @param caches The policies of caches, by name.
 * @param url Where Redis or Valkey is, in one line. Excludes 'host', 'port', 'username', 'password', 'passwordFile', 'db' and 'tls'. User and password are percent-encoded.
 * @param host Where Redis or Valkey is. Neither 'url' nor 'host': the local tier only.
 * @param port The port of Redis.
 * @param username The ACL user; needs a password. Without it, a password belongs to the default user.
 * @param password The password. Never printed.
 * @param passwordFile A file whose first line is the password, read at every connect. Excludes 'password'.
 * @param db The database number.
 * @param tls Whether to speak TLS; 'rediss://' says the same.
 * @param tlsCaFile Certificates to trust instead of the JVM's. Needs TLS, as the other 'tls' files do.
 * @param tlsCertFile This client's certificate chain, for mutual TLS. Needs 'tlsKeyFile'.
 * @param tlsKeyFile The key of 'tlsCertFile', which it needs.
 * @param tlsVerifyHostname Whether the certificate must name the host.
 * @param topology How Redis is deployed. 'auto': 'sentinel' where 'sentinelMaster' is set, else 'cluster' where several addresses are named or the server says so, else 'standalone'. 'shards': independent servers, each with a share of the keys.
 * @param nodes More addresses than one: Sentinels, some nodes of a Cluster, or all shards. An address in 'url' or 'host' is one of them.
 * @param sentinelMaster The name of the master that the Sentinels watch.
 * @param sentinelUsername The ACL user on the Sentinels; needs a password of theirs.
 * @param sentinelPassword The password of the Sentinels. Never printed.
 * @param sentinelPasswordFile A file whose first line is the password of the Sentinels, read at every connect. Excludes 'sentinelPassword'.
 * @param zones Several independent Redis that hold the same cache, each as name=url, in an order that is the same in all processes. The other settings of Redis hold for each. Excludes 'url', 'host' and 'nodes'; needs 'zone'.
 * @param zone The one of 'zones' that is nearest: it is read first.
 * @param clientName The name that 'CLIENT LIST' shows.
 * @param keyPrefix Begins every key in Redis.
 * @param defaultTtl The life of entries that are stored without one.
 * @param maxMemory The bound of the tier of record: without Redis, of the local tier (a quarter of the heap when not set); with Redis, what the server's must be.
 * @param maxMemoryPolicy What the tier of record does when full. The local tier accepts 'allkeys-lfu' (its default) and 'noeviction'; with Redis, what the server's must be.
 * @param manageServer Whether 'maxMemory' and 'maxMemoryPolicy' are set on the Redis server, not only verified.
 * @param localMaxMemory The bound of the local tier in front of Redis; without it, a quarter of the heap.
 * @param heapPressure The share of the heap that may be in use after a garbage collection: beyond it, the entries in this process make room; 'none' lets them stay.
 * @param poolSize Connections per Redis node. Each is shared by many callers, whose commands travel together: more than one pays only when one is not enough for the network or a core.
 * @param minIdleConns Of these, how many are opened at the start and kept; the others open on first use.
 * @param connectTimeout The time for opening a connection: TCP, TLS and handshake.
 * @param readTimeout The time for a read of Redis, from call to answer, waiting included.
 * @param writeTimeout The time for a write to Redis, from call to answer, waiting included.
 * @param maxPending Commands that may wait for an answer on one connection; more are refused.
 * @param breakerPause How long a Redis server is left alone when half of its last 100 answers did not come in time, give or take half, so that a fleet does not come back at once; 'none' asks it always.
 * @param journalSize Invalidations kept while Redis is away, for caches with a source.
 * @param journalFile Keeps these invalidations on disk too, so that they outlive this process and are delivered by the next. It is made where it does not exist; each service needs a file of its own. It holds names of keys, never values.
 * @param clearOldData Whether all typed caches are cleared when a Redis that keeps no append-only file comes back with data, which is as old as its last snapshot.
 * @param refreshInterval Each so often, keys read since the last time that near their end are refreshed; 'none' is never.
 * @param refreshProb The probability of such a refresh.
 * @param ttlThreshold The remaining life under which a key nears its end.
 * @param maxStaleness How old an answer from the local tier in front of Redis can be at most; 'none' keeps nothing in this process and asks Redis each time.
 * @param coherenceSampleInterval Each so often, one local copy is compared with what Redis holds, and it is measured how soon a change is heard; 'none' is never.
 * @param maxKeyBytes The longest key, in bytes of UTF-8.
 * @param maxValueBytes The largest value, in bytes as stored.
 * @param encryptionKeysFile Encrypts values in Redis: a file with a number and the Base64 of a key of 32 bytes in each line; the first encrypts, all decrypt. Read again when it changes.
 * @param compression How values are compressed for Redis. 'auto': Zstandard where it pays, with dictionaries trained on the values; nothing without the artifact 'cache-service-compression'.
 */
@ConfigurationProperties(prefix = CacheServiceProperties.PREFIX, ignoreUnknownFields = false)
record CacheServiceProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean transactionAware,
        @DefaultValue Map<String, CachePolicy> caches,
        @Nullable String url,
        @Nullable String host,
        @Nullable String port,
        @Nullable String username,
        @Nullable String password,
        @Nullable String passwordFile,
        @Nullable String db,
        @Nullable String tls,
        @Nullable String tlsCaFile,
        @Nullable String tlsCertFile,
        @Nullable String tlsKeyFile,
        @Nullable String tlsVerifyHostname,
        @Nullable String topology,
        @Nullable List<String> nodes,
        @Nullable String sentinelMaster,
        @Nullable String sentinelUsername,
        @Nullable String sentinelPassword,
        @Nullable String sentinelPasswordFile,
        @Nullable List<String> zones,
        @Nullable String zone,
        @Nullable String clientName,
        @Nullable String keyPrefix,
        @Nullable String defaultTtl,
        @Nullable String maxMemory,
        @Nullable String maxMemoryPolicy,
        @Nullable String manageServer,
        @Nullable String localMaxMemory,
        @Nullable String heapPressure,
        @Nullable String poolSize,
        @Nullable String minIdleConns,
        @Nullable String connectTimeout,
        @Nullable String readTimeout,
        @Nullable String writeTimeout,
        @Nullable String maxPending,
        @Nullable String breakerPause,
        @Nullable String journalSize,
        @Nullable String journalFile,
        @Nullable String clearOldData,
        @Nullable String refreshInterval,
        @Nullable String refreshProb,
        @Nullable String ttlThreshold,
        @Nullable String maxStaleness,
        @Nullable String coherenceSampleInterval,
        @Nullable String maxKeyBytes,
        @Nullable String maxValueBytes,
        @Nullable String encryptionKeysFile,
        @Nullable String compression) {
    static final String PREFIX = "cache-service";

    /** What is not a setting of {@link CacheConfig}. */
    private static final List<String> OWN = List.of("enabled", "transactionAware", "caches");

    /** Whether these properties name a Redis. */
    boolean nameRedis() {
        return url != null || host != null || nodes != null;
    }

    /** Adds to {@code settings} what these properties say. */
    void putInto(CacheConfig.Builder settings) {
        for (RecordComponent component : CacheServiceProperties.class.getRecordComponents()) {
            if (!OWN.contains(component.getName())) {
                String text = text(component);
                if (text != null) {
                    settings.put(component.getName(), text, "property " + propertyName(component.getName()));
                }
            }
        }
    }

    private static String propertyName(String component) {
        return PREFIX + "." + DataObjectPropertyName.toDashedForm(component);
    }

    private @Nullable String text(RecordComponent component) {
        try {
            Object value = component.getAccessor().invoke(this);
            return value instanceof List<?> list
                    ? String.join(",", list.stream().map(String::valueOf).toList())
                    : (String) value;
        } catch (ReflectiveOperationException e) {
            throw new CacheConfigException(propertyName(component.getName()) + " cannot be read", e);
        }
    }

    /** Without values, among which are secrets; {@link CacheConfig} prints itself. */
    @Override
    public String toString() {
        return "CacheServiceProperties[caches " + caches.keySet() + "]";
    }
}
