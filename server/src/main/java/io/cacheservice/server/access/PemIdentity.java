package io.cacheservice.server.access;

import io.cacheservice.CacheConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate chain with its private key, and certificates to trust, read from PEM. */
public final class PemIdentity {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** By the name that a public key gives its kind, one signature that kind can make. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA", "Ed25519", "EdDSA");

    private PemIdentity() {}

    /**
     * A store of the key with its chain.
     *
     * @param password of the store and of the key in it
     * @throws CacheConfigException when either cannot be used, or they do not belong together
     */
    public static KeyStore keyStore(byte[] certificates, byte[] key, char[] password) {
        Certificate[] chain = chain(certificates);
        PublicKey publicKey = chain[0].getPublicKey();
        try {
            PrivateKey privateKey = privateKey(key, publicKey.getAlgorithm());
            requirePair(privateKey, publicKey);
            KeyStore store = emptyStore();
            store.setKeyEntry("server", privateKey, password, chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            // without the cause, which may quote the key
            throw new CacheConfigException(
                    "the private key cannot be used with the certificate: expected the PKCS#8 key"
                            + " of the first certificate, an " + publicKey.getAlgorithm() + " key");
        }
    }

    /**
     * A store of the certificates to trust.
     *
     * @throws CacheConfigException when there are none
     */
    public static KeyStore trustStore(byte[] certificates) {
        try {
            KeyStore store = emptyStore();
            int n = 0;
            for (Certificate certificate : chain(certificates)) {
                store.setCertificateEntry("ca" + n++, certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new CacheConfigException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static Certificate[] chain(byte[] pem) {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (GeneralSecurityException e) {
            throw new CacheConfigException("the certificates cannot be read: expected PEM", e);
        }
        throw new CacheConfigException("there is no certificate: expected PEM");
    }

    private static PrivateKey privateKey(byte[] pem, String algorithm) throws GeneralSecurityException {
        Matcher key = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!key.find()) {
            throw new CacheConfigException(
                    "there is no key: expected PEM with BEGIN PRIVATE KEY, which is PKCS#8 without a"
                            + " password; openssl pkcs8 -topk8 -nocrypt makes it of others");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(key.group(1));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** While files are replaced one after the other, a moment has the key of another certificate. */
    private static void requirePair(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(publicKey.getAlgorithm());
        if (algorithm == null) {
            throw new CacheConfigException("the certificate has a key of the kind " + publicKey.getAlgorithm()
                    + ": expected RSA, EC or Ed25519");
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("not a pair");
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
