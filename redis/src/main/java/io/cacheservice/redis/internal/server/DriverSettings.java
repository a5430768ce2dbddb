package io.cacheservice.redis.internal.server;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The driver's options, so that it connects as the settings say and does nothing else by itself. */
public final class DriverSettings {
    /** Many times what the certificates take that browsers trust; whoever names another file by mistake should be told. */
    private static final long MOST_PEM_BYTES = 4 << 20;

    private DriverSettings() {}

    /** Where to connect and how, without credentials and a database. */
    public static RedisURI.Builder uri(CacheConfig config, boolean tls, NodeAddress address) {
        return RedisURI.Builder.redis(address.host(), address.port())
                .withClientName(config.clientName())
                // the driver's own are refused by older servers; what is empty is not sent
                .withLibraryName("")
                .withLibraryVersion("")
                .withTimeout(config.connectTimeout())
                .withSsl(tls)
                .withVerifyPeer(config.tlsVerifyHostname() ? SslVerifyMode.FULL : SslVerifyMode.CA);
    }

    /**
     * Adds credentials, and forgets {@code password}.
     *
     * @param username null: the form of servers that know no users
     */
    public static void authenticate(RedisURI.Builder uri, @Nullable String username, char[] password) {
        // the driver's own provider of a name and a password ends the handshake on another thread, where the first
        // command can come before the connection counts as active
        uri.withAuthentication(new StaticCredentialsProvider(RedisCredentials.just(username, password.clone())));
        Arrays.fill(password, '\0');
    }

    /**
     * No reconnect, no replay, no time limits of its own.
     *
     * @throws CacheConfigException when a TLS file is wrong
     */
    public static ClientOptions options(CacheConfig config, boolean tls, ProtocolVersion protocol) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(protocol)
                .pingBeforeActivateConnection(false)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .useHashIndexQueue(false)
                .publishOnScheduler(false)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(config.connectTimeout())
                        .keepAlive(true)
                        .build());
        return tls ? options.sslOptions(tls(config)).build() : options.build();
    }

    private static SslOptions tls(CacheConfig config) {
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(config.connectTimeout());
        config.tlsCaFile().ifPresent(file -> tls.trustManager(readable("tlsCaFile", file)));
        config.tlsCertFile()
                .ifPresent(chain -> tls.keyManager(
                        readable("tlsCertFile", chain),
                        readable("tlsKeyFile", config.tlsKeyFile().orElse("")),
                        null));
        SslOptions options = tls.build();
        try {
            options.createSslContextBuilder().build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | StackOverflowError e) {
            // the driver's reader goes one call deeper with each empty line behind a heading
            String why = e instanceof StackOverflowError ? "a file has thousands of empty lines" : e.getMessage();
            throw new CacheConfigException(
                    "TLS cannot be set up from tlsCaFile = "
                            + config.tlsCaFile().orElse("(not set)")
                            + ", tlsCertFile = " + config.tlsCertFile().orElse("(not set)") + ", tlsKeyFile = "
                            + config.tlsKeyFile().orElse("(not set)") + ": " + why
                            + ". Allowed are PEM files: certificates, and an unencrypted PKCS#8 key that belongs to the"
                            + " certificate",
                    e);
        }
        return options;
    }

    private static File readable(String setting, String name) {
        File file = new File(name);
        if (!file.isFile() || !file.canRead()) {
            throw new CacheConfigException(setting + " = " + name + " is not a file that can be read: name a PEM file");
        }
        if (file.length() > MOST_PEM_BYTES) {
            throw new CacheConfigException(setting + " = " + name + " has " + file.length() + " bytes, more than "
                    + MOST_PEM_BYTES + ": name a PEM file");
        }
        return file;
    }
}
