package io.cacheservice.redis.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import io.cacheservice.testkit.fuzz.ScratchFile;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files of TLS to Redis: options for the driver, or an error that names the files and says nothing of the key. */
public final class TlsFilesTarget implements FuzzTarget {
    private static final String SECRET = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1GQ9I+HSb9R9nF5j";

    private static final String KEY = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1GQ9I+HSb9R9nF5j
            2V7i32vBujuQLPxFgQm1xDzZ9DqhRANCAARy0VgCUJu1r8b9QMVUqe/Hy3iEU4U0
            6uPoEvrmCqSU63GtTajWb76tsfFcJq5CM1xCFtAWpa6Jl9pv44hps/kX
            -----END PRIVATE KEY-----
            """;
    private static final String CERTIFICATE = """
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

    private final Corpus certificates = Corpus.ofTexts(
            List.of(CERTIFICATE, CERTIFICATE + CERTIFICATE, "# the first\n" + CERTIFICATE),
            List.of(
                    "-----BEGIN CERTIFICATE-----\n",
                    "-----END CERTIFICATE-----\n",
                    "-----BEGIN X509 CRL-----",
                    "-----",
                    "\n",
                    "\r\n",
                    "\n".repeat(6_000),
                    "MIIA",
                    "MIL/////",
                    "="));
    private final Corpus keys = Corpus.ofTexts(
            List.of(
                    KEY,
                    CERTIFICATE + KEY,
                    KEY.replace("PRIVATE", "ENCRYPTED PRIVATE"),
                    KEY.replace("PRIVATE", "EC PRIVATE")),
            List.of("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "\n", "\r\n", "MIL/////", "=", SECRET));
    private final ScratchFile authorities;
    private final ScratchFile certificate;
    private final ScratchFile key;

    /** For the service loader. */
    public TlsFilesTarget() throws IOException {
        authorities = new ScratchFile("ca.pem");
        certificate = new ScratchFile("client.pem");
        key = new ScratchFile("client-key.pem");
    }

    @Override
    public String name() {
        return "tls-files";
    }

    @Override
    public int share() {
        return 20;
    }

    @Override
    public int inputsInSuite() {
        return 2_000;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException {
        int mutated = input.random().nextInt(3);
        Path ca = authorities.with(mutated == 0 ? input.mutated(certificates) : CERTIFICATE.getBytes(UTF_8));
        CacheConfig.Builder settings =
                CacheConfig.builder().url("rediss://localhost").tlsCaFile(ca.toString());
        if (mutated > 0) {
            settings.tlsCertFile(certificate
                            .with(mutated == 1 ? input.mutated(certificates) : CERTIFICATE.getBytes(UTF_8))
                            .toString())
                    .tlsKeyFile(key.with(mutated == 2 ? input.mutated(keys) : KEY.getBytes(UTF_8))
                            .toString());
        }
        try {
            DriverSettings.options(settings.build(), true, ProtocolVersion.RESP3);
            return true;
        } catch (CacheConfigException refused) {
            String message = String.valueOf(refused.getMessage());
            Demand.keptSecret(refused, SECRET);
            Demand.that(
                    message.contains(ca.toString()) && message.contains("PEM"),
                    "the file and what is allowed: " + message);
            Demand.that(message.length() < 2_000, "a short message: " + message.length());
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        authorities.close();
        certificate.close();
        key.close();
    }
}
