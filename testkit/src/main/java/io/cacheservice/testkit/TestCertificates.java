package io.cacheservice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority made for one test run, with a server certificate for {@code localhost} and {@code 127.0.0.1} and
 * a client certificate, both signed by it.
 *
 * <p>Made by the JDK's keytool in about two seconds: share one instance among the tests of a class. Two instances do not
 * trust each other. The files are in a temporary folder that {@link #close()}, or the exit of the JVM, deletes. Keys are of
 * the type EC (P-256). Immutable, safe for use by many threads.
 */
public final class TestCertificates implements AutoCloseable {
    private final Path folder;
    private final SSLContext serverContext;
    private final SSLContext expiredContext;

    private TestCertificates(Path folder, String serverNames) throws IOException, GeneralSecurityException {
        this.folder = folder;
        Keytool keytool = new Keytool(folder.resolve("keys.p12"));
        keytool.generate("ca", "CN=Test authority", "-ext", "bc:critical=ca:true");
        keytool.generate("server", "CN=localhost", "-signer", "ca", "-ext", "san=" + serverNames);
        // to be presented by a FaultProxy whose certificate expires
        keytool.generate(
                "expired", "CN=localhost", "-signer", "ca", "-ext", "san=" + serverNames, "-startdate", "-400d");
        keytool.generate("client", "CN=Test client", "-signer", "ca");
        KeyStore made = keytool.keys();
        writePem(caPem(), "CERTIFICATE", made.getCertificate("ca").getEncoded());
        writePem(
                serverCertificatePem(),
                "CERTIFICATE",
                made.getCertificate("server").getEncoded());
        writePem(
                serverKeyPem(),
                "PRIVATE KEY",
                made.getKey("server", keytool.password()).getEncoded());
        writePem(
                clientCertificatePem(),
                "CERTIFICATE",
                made.getCertificate("client").getEncoded());
        writePem(
                clientKeyPem(),
                "PRIVATE KEY",
                made.getKey("client", keytool.password()).getEncoded());
        this.serverContext = serverContext(made, "server", keytool.password());
        this.expiredContext = serverContext(made, "expired", keytool.password());
    }

    /**
     * Makes a new authority and its certificates.
     *
     * @throws IllegalStateException if keytool is missing in this Java installation or fails
     */
    public static TestCertificates create() {
        return createFor("dns:localhost,ip:127.0.0.1");
    }

    /**
     * As {@link #create()}, for a server of other names: what a client must refuse that checks them.
     *
     * @param serverNames as keytool writes them, such as {@code dns:elsewhere.test,ip:10.0.0.1}
     * @throws IllegalStateException if keytool is missing in this Java installation or fails
     */
    public static TestCertificates createFor(String serverNames) {
        try {
            Path folder = OwnedResources.newFolder("cache-testkit-tls-");
            return new TestCertificates(folder, serverNames);
        } catch (IOException e) {
            throw new UncheckedIOException("The files of the test certificates could not be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The test certificates could not be made", e);
        }
    }

    /** The authority's certificate, as PEM: what a client must trust. */
    public Path caPem() {
        return folder.resolve("ca.pem");
    }

    /** The server's certificate, as PEM. */
    public Path serverCertificatePem() {
        return folder.resolve("server.pem");
    }

    /** The server's private key, as unencrypted PKCS#8 in PEM. */
    public Path serverKeyPem() {
        return folder.resolve("server-key.pem");
    }

    /** The client's certificate, as PEM. */
    public Path clientCertificatePem() {
        return folder.resolve("client.pem");
    }

    /** The client's private key, as unencrypted PKCS#8 in PEM. */
    public Path clientKeyPem() {
        return folder.resolve("client-key.pem");
    }

    /** Deletes the files; a proxy that was made with them still works. */
    @Override
    public void close() {
        try {
            OwnedResources.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The files of the test certificates could not be deleted", e);
        }
    }

    SSLContext serverContext() {
        return serverContext;
    }

    SSLContext expiredContext() {
        return expiredContext;
    }

    private static SSLContext serverContext(KeyStore made, String alias, char[] password)
            throws IOException, GeneralSecurityException {
        KeyStore own = emptyStore();
        own.setKeyEntry("server", made.getKey(alias, password), password, made.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);

        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("ca", made.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);

        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void writePem(Path file, String label, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }
}
