package io.cacheservice.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfigException;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import java.security.KeyStore;
import java.util.List;

/** Certificates and keys in PEM: an identity or certificates to trust, or an error of bounded length that says nothing of the key. */
public final class PemFilesTarget implements FuzzTarget {
    private static final String SECRET = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1GQ9I+HSb9R9nF5j";
    private static final char[] PASSWORD = "memory".toCharArray();

    private static final String EC_KEY = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1GQ9I+HSb9R9nF5j
            2V7i32vBujuQLPxFgQm1xDzZ9DqhRANCAARy0VgCUJu1r8b9QMVUqe/Hy3iEU4U0
            6uPoEvrmCqSU63GtTajWb76tsfFcJq5CM1xCFtAWpa6Jl9pv44hps/kX
            -----END PRIVATE KEY-----
            """;
    private static final String EC_CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdjCCARugAwIBAgIUfUNo20q601OADi0UE3DzlT87JzUwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjgyMTMxNDlaGA8yMTI2MTEwNDIxMzE0
            OVowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHLR
            WAJQm7Wvxv1AxVSp78fLeIRThTTq4+gS+uYKpJTrca1NqNZvvq2x8VwmrkIzXEIW
            0BalromX2m/jiGmz+RejUzBRMB0GA1UdDgQWBBSpU1gU4c/SlsvmVOyVKM6LAFUn
            9TAfBgNVHSMEGDAWgBSpU1gU4c/SlsvmVOyVKM6LAFUn9TAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0kAMEYCIQCwKIZ1NtSrxvU/GQdHsMSj4FdyXfTtfQ47
            q+m6YPfIEgIhAISJQ7h1Mwf7FYEL8FW2w1GSLudQ6PbeA5hWYqomAzZ5
            -----END CERTIFICATE-----
            """;
    private static final String ED_KEY = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIKmHL/Q2qKdV1LQt25C0T9NlwLJGQsLbZIniH4Tx/IGW
            -----END PRIVATE KEY-----
            """;
    private static final String ED_CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBNDCB56ADAgECAhQQ9kiCmuxDZngFEMbJtOiQ98fKPzAFBgMrZXAwDzENMAsG
            A1UEAwwEdGVzdDAgFw0yNjExMjgyMTMxNDlaGA8yMTI2MTEwNDIxMzE0OVowDzEN
            MAsGA1UEAwwEdGVzdDAqMAUGAytlcAMhABRF0mHhf/aWdKNiNVzSz+TxqFMaLxDH
            34PAqJJ6DYiWo1MwUTAdBgNVHQ4EFgQUKP2mPYpHRQi/XjU7kCLMl4Iob8owHwYD
            VR0jBBgwFoAUKP2mPYpHRQi/XjU7kCLMl4Iob8owDwYDVR0TAQH/BAUwAwEB/zAF
            BgMrZXADQQAt63yQNWa/AVPk/Y6iaap548J59nD+x9JFM4Dq3VTvL5WWLz/+zLIl
            Knfp6gqGVClTeFplnXWkkRf4S8ua370I
            -----END CERTIFICATE-----
            """;

    private final Corpus certificates = Corpus.ofTexts(
            List.of(EC_CERTIFICATE, ED_CERTIFICATE, EC_CERTIFICATE + ED_CERTIFICATE, "# the first\n" + ED_CERTIFICATE),
            List.of(
                    "-----BEGIN CERTIFICATE-----\n",
                    "-----END CERTIFICATE-----\n",
                    "-----BEGIN PKCS7-----\n",
                    "-----",
                    "\n",
                    "MII",
                    "MIIA",
                    "MIL/////",
                    "0\u0080",
                    "="));
    private final Corpus keys = Corpus.ofTexts(
            List.of(EC_KEY, ED_KEY, EC_KEY + EC_CERTIFICATE, EC_KEY.replace("PRIVATE", "ENCRYPTED PRIVATE")),
            List.of("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "\n", "MIL/////", "=", SECRET));

    @Override
    public String name() {
        return "pem-files";
    }

    @Override
    public int share() {
        return 40;
    }

    @Override
    public int inputsInSuite() {
        return 5_000;
    }

    @Override
    public boolean take(FuzzInput input) throws Exception {
        int way = input.random().nextInt(3);
        byte[] certificate = way == 0 ? EC_CERTIFICATE.getBytes(UTF_8) : input.mutated(certificates);
        try {
            KeyStore store = way == 2
                    ? PemIdentity.trustStore(certificate)
                    : PemIdentity.keyStore(
                            certificate, way == 1 ? EC_KEY.getBytes(UTF_8) : input.mutated(keys), PASSWORD);
            Demand.that(way == 2 ? store.isCertificateEntry("ca0") : store.isKeyEntry("server"), "a store that has it");
            return true;
        } catch (CacheConfigException refused) {
            String message = String.valueOf(refused.getMessage());
            Demand.keptSecret(refused, SECRET);
            Demand.that(message.contains("expected"), "what is expected: " + message);
            Demand.that(message.length() < 500, "a short message: " + message.length());
            return false;
        }
    }
}
