package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.RedisEndpoint;
import io.cacheservice.redis.internal.server.DriverSettings;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The driver, set up so that it connects and does nothing else by itself: no reconnect, no replay, no time limits of its
 * own ({@code docs/decisions/0001-tracked-lanes.md}). One for each service; owns all threads. Safe for use by many threads.
 */
final class Connector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.redis");
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);
    /** One may be busy with big values of one connection. */
    private static final int LEAST_LOOPS = 2;

    private final CacheConfig config;
    private final RedisEndpoint endpoint;
    private final ClientOptions options;
    private final DriverResources resources;
    private final Dialing dialing;
    private @Nullable RedisClient toSentinels;

    /**
     * @param endpoint who we are there, and one place of perhaps many
     * @param lanes how many are expected
     * @throws CacheConfigException when a TLS file is wrong
     */
    Connector(CacheConfig config, RedisEndpoint endpoint, int lanes) {
        this.config = config;
        this.endpoint = endpoint;
        this.options = DriverSettings.options(config, endpoint.tls(), ProtocolVersion.RESP3);
        int processors = Runtime.getRuntime().availableProcessors();
        this.resources = new DriverResources(Math.max(LEAST_LOOPS, Math.min(lanes, processors)));
        this.dialing = new Dialing(options, resources, config.connectTimeout());
        warnOfADriverThatLogsSecrets();
    }

    private static void warnOfADriverThatLogsSecrets() {
        for (Class<?> sender : List.of(CommandEncoder.class, CommandHandler.class)) {
            if (InternalLoggerFactory.getInstance(sender).isTraceEnabled()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The logger " + sender.getName()
                                + " is at TRACE: it writes every value and the password into the"
                                + " log. Set io.lettuce to DEBUG or higher");
                return;
            }
        }
    }

    /** What every key begins with. */
    String keyPrefix() {
        return config.keyPrefix();
    }

    /** The threads for what must not be done on an event loop. */
    EventExecutorGroup executor() {
        return resources.eventExecutorGroup();
    }

    /**
     * Connects and introduces us; reads the password anew.
     *
     * @throws CacheConfigException when the password cannot be read
     */
    CompletionStage<DriverConnection> connect(NodeAddress address) {
        Hello hello =
                new Hello(endpoint, config.clientName(), endpoint.password().orElse(null));
        RedisURI tls =
                endpoint.tls() ? DriverSettings.uri(config, true, address).build() : null;
        return dialing.connect(HostNames.socketAddress(address), hello, tls);
    }

    /**
     * Connects to a Sentinel, which has credentials of its own, for questions and for what it announces.
     *
     * @throws CacheConfigException when the password cannot be read
     */
    CompletionStage<StatefulRedisPubSubConnection<String, String>> connectToSentinel(NodeAddress address) {
        RedisURI.Builder uri = DriverSettings.uri(config, endpoint.tls(), address);
        endpoint.sentinelPassword()
                .ifPresent(password -> DriverSettings.authenticate(
                        uri, endpoint.sentinelUsername().orElse("default"), password));
        return clientOfSentinels().connectPubSubAsync(StringCodec.UTF8, uri.build());
    }

    private synchronized RedisClient clientOfSentinels() {
        RedisClient client = toSentinels;
        if (client == null) {
            client = RedisClient.create(resources);
            client.setOptions(options);
            toSentinels = client;
        }
        return client;
    }

    @Override
    public void close() {
        long millis = SHUTDOWN_LIMIT.toMillis();
        dialing.close().awaitUninterruptibly(millis);
        RedisClient client;
        synchronized (this) {
            client = toSentinels;
        }
        if (client != null) {
            // join, unlike the driver's own way, waits on an interrupted thread too: nobody could end these threads
            // later
            client.shutdownAsync(0, millis, TimeUnit.MILLISECONDS)
                    .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                    .exceptionally(failure -> null)
                    .join();
        }
        resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
    }
}
