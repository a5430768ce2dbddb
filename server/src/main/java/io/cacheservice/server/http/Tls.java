package io.cacheservice.server.http;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.server.access.PemIdentity;
import io.cacheservice.server.access.Reloaded;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Encrypts connections with a certificate and key from files, TLS 1.2 or later. New connections see changed files. */
final class Tls {
    /** Of stores in memory, which have to have one. */
    private static final String STORE_PASSWORD = "memory";

    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private final Reloaded<KeyStore> files;

    private Tls(Path certificates, Path key) {
        this.files = Reloaded.open(
                "server.tlsCertFile",
                List.of(certificates, key),
                contents -> PemIdentity.keyStore(contents.get(0), contents.get(1), STORE_PASSWORD.toCharArray()),
                this::use);
        context.setKeyStore(files.current());
        context.setKeyStorePassword(STORE_PASSWORD);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    }

    /**
     * What the settings ask for; empty when they ask for plain HTTP.
     *
     * @throws CacheConfigException when a file is broken
     */
    static Optional<Tls> of(CacheConfig config) {
        return config.serverTlsCertFile()
                .map(certificates -> new Tls(
                        Path.of(certificates), Path.of(config.serverTlsKeyFile().orElseThrow())));
    }

    Reloaded<KeyStore> files() {
        return files;
    }

    SslConnectionFactory connections() {
        return new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString());
    }

    private void use(KeyStore changed) {
        try {
            context.reload(same -> same.setKeyStore(changed));
        } catch (Exception e) {
            throw new CacheConfigException("the certificate and key cannot be used: " + e.getMessage(), e);
        }
    }
}
