package io.cacheservice.internal.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key from which others are derived with HMAC-SHA256 (RFC 2104); it never leaves. Safe for use by many threads; never printed. */
final class DerivingKey {
    private final SecretKeySpec key;
    /** Each use is of a copy, where the JVM's can be copied: that saves finding and preparing one. */
    private final Mac prepared;

    DerivingKey(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.prepared = prepare();
    }

    private Mac prepare() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do HMAC-SHA256: " + e, e);
        }
    }

    /** The key for {@code purpose} and {@code name}. */
    byte[] derived(byte[] purpose, byte[] name) {
        Mac derivation;
        try {
            derivation = (Mac) prepared.clone();
        } catch (CloneNotSupportedException notThisOne) {
            derivation = prepare();
        }
        derivation.update(purpose);
        return derivation.doFinal(name);
    }
}
