package io.cacheservice.server.http;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where to listen, once judged safe.
 *
 * @param host as it was given
 * @param port 0 picks a free one
 * @param loopback whether only this machine can reach it
 * @param insecure whether the operator asked to serve everyone who can reach it
 * @param encrypted whether it speaks HTTPS
 */
public record ListenAddress(String host, int port, boolean loopback, boolean insecure, boolean encrypted) {
    /** The URL of a server that got {@code port}. */
    public String url(int port) {
        return (encrypted ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Whether tokens and values travel where others can read them. */
    public boolean exposed() {
        return !loopback && !encrypted;
    }

    /**
     * The address that {@code config} asks for.
     *
     * @throws CacheConfigException when the host is unknown, or others could reach it and no token protects it
     */
    public static ListenAddress of(CacheConfig config, boolean insecure) {
        String host = config.serverBind();
        boolean loopback;
        try {
            loopback = InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new CacheConfigException(
                    "server.bind = " + host + " is refused: expected a host name or address of this machine", e);
        }
        boolean open =
                config.serverTokens().isEmpty() && config.serverTokensFile().isEmpty();
        if (!loopback && open && !insecure) {
            throw new CacheConfigException(
                    "server.bind = " + host
                            + " is refused: everyone who reaches this address could read and change the cache. Set server.tokensFile"
                            + " or server.tokens (CACHE_SERVER_TOKENS), keep 127.0.0.1, or say --insecure if something else protects it");
        }
        return new ListenAddress(
                host,
                config.serverPort(),
                loopback,
                insecure,
                config.serverTlsCertFile().isPresent());
    }
}
