package io.cacheservice.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The JDK's keytool, filling one key store with keys that are valid for a year. */
final class Keytool {
    private static final int TIMEOUT_SECONDS = 60;

    private final Path store;
    private final String password = UUID.randomUUID().toString();

    Keytool(Path store) {
        this.store = store;
    }

    char[] password() {
        return password.toCharArray();
    }

    /** Adds a key pair and its certificate, signed by itself unless {@code options} name a signer. */
    void generate(String alias, String distinguishedName, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(), "-genkeypair", "-keystore", store.toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", password, "-validity", "365"));
        command.addAll(
                List.of("-keyalg", "EC", "-groupname", "secp256r1", "-alias", alias, "-dname", distinguishedName));
        command.addAll(List.of(options));
        File output = new File(store + "." + alias + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        int exitCode = run(builder);
        if (exitCode != 0) {
            throw new IllegalStateException("keytool could not make the key " + alias + " (exit code " + exitCode
                    + "): " + Files.readString(output.toPath()));
        }
    }

    KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), password());
    }

    private static int run(ProcessBuilder builder) throws IOException {
        Process keytool = OwnedResources.start(builder);
        try {
            if (!keytool.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                keytool.destroyForcibly();
                throw new IllegalStateException("keytool did not end within " + TIMEOUT_SECONDS + " s");
            }
            return keytool.exitValue();
        } catch (InterruptedException e) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for keytool", e);
        } finally {
            OwnedResources.ended(keytool);
        }
    }

    private static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    }
}
