package io.cacheservice.redis.doctor;

import io.cacheservice.CacheConfig;
import io.cacheservice.RedisEndpoint;
import io.cacheservice.redis.doctor.Arrival.End;
import io.cacheservice.redis.internal.server.DriverSettings;
import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Connects as the settings say, step by step, so that it is known which step fails. For one thread. */
final class Dialer implements AutoCloseable {
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);

    private static final Duration TLS_GRACE = Duration.ofSeconds(1);

    private final CacheConfig config;
    private final RedisEndpoint endpoint;
    private final ClientResources resources;
    private final RedisClient client;

    /** @throws io.cacheservice.CacheConfigException when a TLS file is wrong */
    Dialer(CacheConfig config, RedisEndpoint endpoint) {
        this.config = config;
        this.endpoint = endpoint;
        var options = DriverSettings.options(config, endpoint.tls(), ProtocolVersion.RESP3);
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(1)
                .computationThreadPoolSize(2)
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options);
    }

    /**
     * What became of it.
     *
     * @param link null: not connected
     */
    record Dialed(Arrival arrival, @Nullable Link link) {}

    /** To a server that keeps entries. */
    Dialed dial(NodeAddress address) {
        return dial(address, endpoint.username(), endpoint::password, endpoint.db());
    }

    /**
     * To a Sentinel, which has credentials of its own.
     *
     * @throws io.cacheservice.CacheConfigException when the password cannot be read
     */
    Dialed dialSentinel(NodeAddress address) {
        return dial(address, endpoint.sentinelUsername(), endpoint::sentinelPassword, 0);
    }

    /** Reads the password anew each time, since a connect forgets it. */
    private interface Password {
        Optional<char[]> read();
    }

    private Dialed dial(NodeAddress address, Optional<String> username, Password password, int db) {
        boolean withPassword = password.read().isPresent();
        InetAddress host;
        try {
            host = InetAddress.getByName(address.host());
        } catch (UnknownHostException e) {
            return failed(address, withPassword, false, End.UNKNOWN_HOST, "");
        }
        boolean loopback = host.isLoopbackAddress();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, address.port()),
                    Math.toIntExact(config.connectTimeout().toMillis()));
        } catch (IOException e) {
            return failed(address, withPassword, loopback, End.NO_TCP, String.valueOf(e.getMessage()));
        }
        Attempt modern = attempt(uri(address, username.orElse("default"), password, db), ProtocolVersion.RESP3);
        if (modern.connection == null && modern.mayBeTheProtocol(withPassword)) {
            // whoever knows no RESP3 may know no users either
            Attempt old = attempt(uri(address, username.orElse(null), password, db), ProtocolVersion.RESP2);
            if (old.connection != null) {
                return connected(address, withPassword, loopback, old.connection, modern.detail);
            }
        }
        return modern.connection == null
                ? failed(address, withPassword, loopback, modern.end, modern.detail)
                : connected(address, withPassword, loopback, modern.connection, null);
    }

    private RedisURI uri(NodeAddress address, @Nullable String username, Password password, int db) {
        RedisURI.Builder uri =
                DriverSettings.uri(config, endpoint.tls(), address).withDatabase(db);
        password.read().ifPresent(secret -> DriverSettings.authenticate(uri, username, secret));
        return uri.build();
    }

    /** How one connect with one protocol went. */
    private record Attempt(@Nullable StatefulRedisConnection<byte[], byte[]> connection, End end, String detail) {
        boolean mayBeTheProtocol(boolean withPassword) {
            if (end != End.REFUSED) {
                return end == End.NO_ANSWER;
            }
            return switch (Refusal.of(detail)) {
                case TOO_OLD, OTHER, NOPERM -> true;
                // a Valkey that knows no HELLO says so to nobody who has yet to log in
                case NOAUTH -> withPassword;
                default -> false;
            };
        }
    }

    private Attempt attempt(RedisURI uri, ProtocolVersion protocol) {
        client.setOptions(client.getOptions().mutate().protocolVersion(protocol).build());
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting =
                client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
        try {
            return new Attempt(connecting.get(limit().toNanos(), TimeUnit.NANOSECONDS), End.CONNECTED, "");
        } catch (ExecutionException e) {
            return failure(e);
        } catch (TimeoutException e) {
            closeWhenConnected(connecting);
            return new Attempt(
                    null,
                    End.NO_ANSWER,
                    "nothing within connectTimeout = " + config.connectTimeout().toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closeWhenConnected(connecting);
            return new Attempt(null, End.NO_ANSWER, "the examination was interrupted");
        }
    }

    /** A TLS handshake that ends at its own limit tells more than we could. */
    private Duration limit() {
        return endpoint.tls() ? config.connectTimeout().plus(TLS_GRACE) : config.connectTimeout();
    }

    private static void closeWhenConnected(CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting) {
        var unused = connecting.thenCompose(StatefulRedisConnection::closeAsync);
    }

    private static Attempt failure(Throwable failure) {
        Throwable deepest = failure;
        boolean tls = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return new Attempt(null, End.REFUSED, Refusal.withoutArguments(String.valueOf(cause.getMessage())));
            }
            tls |= cause instanceof SSLException;
            deepest = cause;
        }
        String detail = String.valueOf(deepest.getMessage());
        if (deepest instanceof CertificateException) {
            // these are the words of the JDK's own check of host names
            boolean name = detail.startsWith("No subject alternative") || detail.startsWith("No name matching");
            return new Attempt(null, name ? End.CERTIFICATE_NAME : End.CERTIFICATE_AUTHORITY, detail);
        }
        if (tls && detail.contains("unable to find valid certification path")) {
            return new Attempt(null, End.CERTIFICATE_AUTHORITY, detail);
        }
        return new Attempt(null, tls ? End.TLS_FAILED : End.NO_ANSWER, detail);
    }

    private Dialed failed(NodeAddress address, boolean password, boolean loopback, End end, String detail) {
        return new Dialed(new Arrival(address, endpoint.tls(), password, loopback, end, detail, null), null);
    }

    private Dialed connected(
            NodeAddress address,
            boolean password,
            boolean loopback,
            StatefulRedisConnection<byte[], byte[]> connection,
            @Nullable String resp3Refusal) {
        return new Dialed(
                new Arrival(address, endpoint.tls(), password, loopback, End.CONNECTED, "", resp3Refusal),
                new Link(address, connection, config.connectTimeout()));
    }

    @Override
    public void close() {
        long millis = SHUTDOWN_LIMIT.toMillis();
        client.shutdown(0, millis, TimeUnit.MILLISECONDS);
        resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
    }
}
