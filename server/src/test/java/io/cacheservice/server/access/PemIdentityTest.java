package io.cacheservice.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import io.cacheservice.testkit.TestCertificates;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PemIdentityTest {
    private static TestCertificates certificates;
    private static byte[] certificate;
    private static byte[] key;

    @BeforeAll
    static void make() throws Exception {
        certificates = TestCertificates.create();
        certificate = Files.readAllBytes(certificates.serverCertificatePem());
        key = Files.readAllBytes(certificates.serverKeyPem());
    }

    @AfterAll
    static void delete() {
        certificates.close();
    }

    @Test
    void aCertificateAndItsKeyAreTaken() throws Exception {
        assertThat(PemIdentity.keyStore(certificate, key, "p".toCharArray()).isKeyEntry("server"))
                .isTrue();
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws Exception {
        byte[] other = Files.readAllBytes(certificates.clientKeyPem());

        refused(certificate, other, "cannot be used with the certificate");
    }

    @Test
    void whatIsNoPemIsRefusedWithTheRemedyAndWithoutTheKey() {
        refused("x".getBytes(UTF_8), key, "expected PEM");
        refused(certificate, certificate, "openssl pkcs8 -topk8 -nocrypt");
        refused(
                certificate,
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----".getBytes(UTF_8),
                "cannot be used");
        refused(
                certificate,
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0=x=\n-----END PRIVATE KEY-----".getBytes(UTF_8),
                "cannot be used");
    }

    private static void refused(byte[] certificates, byte[] key, String said) {
        assertThatThrownBy(() -> PemIdentity.keyStore(certificates, key, "p".toCharArray()))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("c2VjcmV0")
                .doesNotContain("secret");
    }
}
