package io.cacheservice.internal.crypto;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values with AES-256-GCM (NIST SP 800-38D), so that whoever holds Redis can neither read nor change them, nor put one
 * in the place of another.
 *
 * <p>Each Redis key has a key of its own, HMAC-SHA256 of the ring's key over its name (NIST SP 800-108): nonces are random, and
 * what bounds their number, 2<sup>32</sup> values, then holds for one Redis key and not for all. The name and what the header
 * says of the meaning of the value are authenticated with it. A sealed value is the nonce, the ciphertext and the tag.
 *
 * <p>Safe for use by many threads.
 */
public final class ValueCipher {
    /** By how much a sealed value is longer. */
    public static final int OVERHEAD_BYTES = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] PURPOSE = "\u0001cache-service value\u0000".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<KeyRing> keys;
    private final SecureRandom random = new SecureRandom();

    ValueCipher(Supplier<KeyRing> keys) {
        this.keys = keys;
    }

    /**
     * With the keys of a file, which is read again when it changes.
     *
     * @throws CacheConfigException when it cannot be read or is wrong
     */
    public static ValueCipher ofFile(String file, TimeSource time) {
        return new ValueCipher(new KeyFile(Path.of(file), time));
    }

    /** The number of the key that encrypts now. */
    public int keyNumber() {
        return keys.get().first();
    }

    /** Whether what was sealed with key {@code number} can be opened. */
    public boolean knows(int number) {
        return keys.get().key(number) != null;
    }

    /**
     * Seals a value.
     *
     * @param number of the key, one that {@link #keyNumber} gave
     * @param where the Redis key
     * @param meaning what is authenticated besides
     * @throws IllegalStateException when the key was retired meanwhile
     */
    public byte[] seal(int number, byte[] where, byte[] meaning, byte[] value) {
        byte[] key = keys.get().key(number);
        if (key == null) {
            throw new IllegalStateException("key " + number + " of encryptionKeysFile was removed while it was used");
        }
        byte[] sealed = new byte[value.length + OVERHEAD_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, where, meaning, nonce);
            cipher.doFinal(value, 0, value.length, sealed, NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do AES-256-GCM: " + e, e);
        }
        return sealed;
    }

    /**
     * Opens what was sealed.
     *
     * @return null: it was sealed with another key, for another Redis key or meaning, was changed, or is none
     */
    public byte @Nullable [] open(int number, byte[] where, byte[] meaning, byte[] bytes, int offset, int length) {
        byte[] key = keys.get().key(number);
        if (key == null || length < OVERHEAD_BYTES) {
            return null;
        }
        byte[] nonce = Arrays.copyOfRange(bytes, offset, offset + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, where, meaning, nonce)
                    .doFinal(bytes, offset + NONCE_BYTES, length - NONCE_BYTES);
        } catch (AEADBadTagException notAuthentic) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do AES-256-GCM: " + e, e);
        }
    }

    private static Cipher cipher(int mode, byte[] ringKey, byte[] where, byte[] meaning, byte[] nonce)
            throws GeneralSecurityException {
        Mac derivation = Mac.getInstance("HmacSHA256");
        derivation.init(new SecretKeySpec(ringKey, "HmacSHA256"));
        derivation.update(PURPOSE);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(derivation.doFinal(where), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(where);
        cipher.updateAAD(meaning);
        return cipher;
    }
}
