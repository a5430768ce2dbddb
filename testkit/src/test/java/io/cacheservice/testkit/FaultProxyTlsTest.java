package io.cacheservice.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultProxyTlsTest {
    private static final char[] NO_PASSWORD = new char[0];

    private static @Nullable RedisServer redis;
    private static @Nullable TestCertificates certificates;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        certificates = TestCertificates.create();
    }

    @AfterAll
    static void stop() {
        certificates().close();
        requireNonNull(redis).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aClientThatTrustsTheAuthorityVerifiesTheServerByNameAndByAddress(String host) throws Exception {
        try (FaultProxy proxy = FaultProxy.tls(redisPort(), certificates());
                RespConnection client = connect(proxy, host, trusting(certificates(), null))) {
            assertThat(proxy.url()).startsWith("rediss://");
            assertThat(client.call(RespConnection.encode("PING"))).isEqualTo("PONG");
        }
    }

    @Test
    void aClientThatTrustsAnotherAuthorityRefusesTheServer() throws Exception {
        try (TestCertificates strangers = TestCertificates.create();
                FaultProxy proxy = FaultProxy.tls(redisPort(), certificates())) {
            assertThatThrownBy(() -> connect(proxy, "localhost", trusting(strangers, null)))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void mutualTlsServesOnlyClientsWithACertificateOfTheAuthority() throws Exception {
        try (TestCertificates strangers = TestCertificates.create();
                FaultProxy proxy = FaultProxy.mutualTls(redisPort(), certificates())) {
            try (RespConnection client = connect(proxy, "localhost", trusting(certificates(), certificates()))) {
                assertThat(client.call(RespConnection.encode("PING"))).isEqualTo("PONG");
            }
            assertRefused(proxy, trusting(certificates(), null));
            assertRefused(proxy, trusting(certificates(), strangers));
        }
    }

    @Test
    void faultsActInsideTls() throws Exception {
        try (FaultProxy proxy = FaultProxy.tls(redisPort(), certificates());
                RespConnection client = connect(proxy, "localhost", trusting(certificates(), null))) {
            proxy.hold(Direction.TO_CLIENT);
            client.send(RespConnection.encode("PING"));
            assertThatThrownBy(client::receive).isInstanceOf(SocketTimeoutException.class);
            proxy.release();
            assertThat(client.receive()).isEqualTo("PONG");

            proxy.cut();
            assertThatThrownBy(() -> client.call(RespConnection.encode("PING"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anExpiredCertificateIsRefusedUntilItIsHealed() throws Exception {
        try (FaultProxy proxy = FaultProxy.tls(redisPort(), certificates())) {
            proxy.expireCertificate();
            assertThatThrownBy(() -> connect(proxy, "localhost", trusting(certificates(), null)))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasStackTraceContaining("CertificateExpiredException");
            proxy.heal();
            try (RespConnection client = connect(proxy, "localhost", trusting(certificates(), null))) {
                assertThat(client.call(RespConnection.encode("PING"))).isEqualTo("PONG");
            }
        }
    }

    @Test
    void theEndOfAServersConnectionReachesTheTlsClient() throws Exception {
        try (FaultProxy proxy = FaultProxy.tls(redisPort(), certificates());
                RespConnection client = connect(proxy, "localhost", trusting(certificates(), null))) {
            assertThat(client.call(RespConnection.encode("QUIT"))).isEqualTo("OK");
            assertThatThrownBy(client::receive).isInstanceOf(java.io.EOFException.class);
        }
    }

    @Test
    void closeDeletesTheFiles() {
        TestCertificates made = TestCertificates.create();
        assertThat(made.clientKeyPem()).isRegularFile();
        made.close();
        assertThat(made.clientKeyPem().getParent()).doesNotExist();
    }

    /** With TLS 1.3 a client may think that it is connected before the server has judged its certificate. */
    private static void assertRefused(FaultProxy proxy, SSLContext context) {
        assertThatThrownBy(() -> {
                    try (RespConnection client = connect(proxy, "localhost", context)) {
                        client.call(RespConnection.encode("PING"));
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private static RespConnection connect(FaultProxy proxy, String host, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, proxy.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(1_000);
        socket.startHandshake();
        return new RespConnection(socket);
    }

    private static SSLContext trusting(TestCertificates server, @Nullable TestCertificates client)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("ca", certificate(server.caPem()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(client == null ? new KeyManager[0] : keysOf(client), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keysOf(TestCertificates client) throws IOException, GeneralSecurityException {
        String pem = Files.readString(client.clientKeyPem());
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\\n", "");
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))),
                NO_PASSWORD,
                new Certificate[] {certificate(client.clientCertificatePem())});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static TestCertificates certificates() {
        return requireNonNull(certificates);
    }

    private static int redisPort() {
        return requireNonNull(redis).port();
    }
}
