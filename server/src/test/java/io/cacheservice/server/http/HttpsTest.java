package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import io.cacheservice.server.access.PemIdentity;
import io.cacheservice.testkit.TestCertificates;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsTest {
    private static TestCertificates first;
    private static TestCertificates second;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() {
        first = TestCertificates.create();
        second = TestCertificates.create();
    }

    @AfterAll
    static void delete() {
        first.close();
        second.close();
    }

    @BeforeEach
    void install() throws Exception {
        install(first);
    }

    private void install(TestCertificates certificates) throws Exception {
        Files.copy(certificates.serverKeyPem(), folder.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                certificates.serverCertificatePem(), folder.resolve("cert.pem"), StandardCopyOption.REPLACE_EXISTING);
    }

    private RunningServer start() throws Exception {
        return RunningServer.start(
                c -> c.serverTlsCertFile(folder.resolve("cert.pem").toString())
                        .serverTlsKeyFile(folder.resolve("key.pem").toString()));
    }

    @Test
    void aServerWithACertificateSpeaksHttpsToThoseWhoTrustIt() throws Exception {
        try (RunningServer server = start()) {
            assertThat(get(server, first)).isEqualTo(200);
            assertThatThrownBy(() -> get(server, second)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void itDoesNotSpeakPlainHttp() throws Exception {
        try (RunningServer server = start()) {
            assertThat(server.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .doesNotContain("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void itSpeaksTheCurrentVersionsOfTls(String version) throws Exception {
        try (RunningServer server = start()) {
            assertThat(handshake(server, version)).isEqualTo(version);
        }
    }

    @Test
    void itOffersNoOlderVersionOfTls() throws Exception {
        try (RunningServer server = start();
                java.net.Socket socket = server.connect()) {
            // a ClientHello that knows nothing later than TLS 1.1, which Java itself no longer sends
            socket.getOutputStream()
                    .write(java.util.HexFormat.of()
                            .parseHex("160301002d0100002903020000000000000000"
                                    + "00000000000000000000000000000000000000000000000000" + "0002c0130100"));
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertThat(answer)
                    .as("a fatal alert: protocol_version")
                    .startsWith(0x15, 0x03)
                    .endsWith(2, 70);
        }
    }

    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
        try (RunningServer server = start()) {
            assertThat(get(server, first)).isEqualTo(200);

            install(second);

            Awaitility.await().ignoreExceptionsInstanceOf(SSLException.class).until(() -> get(server, second) == 200);
            assertThatThrownBy(() -> get(server, first)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aKeyThatDoesNotFitKeepsTheOldPair() throws Exception {
        try (RunningServer server = start()) {
            Files.copy(second.serverKeyPem(), folder.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);

            Awaitility.await().until(() -> body(server, "/readyz").contains("server.tlsCertFile is broken"));
            assertThat(get(server, first)).isEqualTo(200);
        }
    }

    @Test
    void aCertificateThatCannotBeUsedStopsTheStart() throws Exception {
        Files.writeString(folder.resolve("cert.pem"), "nothing");

        assertThatThrownBy(this::start)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("server.tlsCertFile is refused", "cert.pem", "expected PEM");
    }

    static int get(RunningServer server, TestCertificates trusted) throws Exception {
        return send(server, trusted, "/v1/stats").statusCode();
    }

    private static String body(RunningServer server, String path) throws Exception {
        return send(server, first, path).body();
    }

    private static HttpResponse<String> send(RunningServer server, TestCertificates trusted, String path)
            throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(trusted))
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + server.server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String handshake(RunningServer server, String version) throws Exception {
        try (SSLSocket socket = (SSLSocket) trusting(first)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private static SSLContext trusting(TestCertificates certificates)
            throws GeneralSecurityException, java.io.IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(PemIdentity.trustStore(Files.readAllBytes(certificates.caPem())));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
