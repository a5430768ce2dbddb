package io.cacheservice.internal.crypto;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
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
    private static final int MOST_IDLE = 16;
    private static final byte[] PURPOSE = "\u0001cache-service value\u0000".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<KeyRing> keys;
    private final SecureRandom random = new SecureRandom();
    /** To find and make one costs as much as a short value does. One that failed does not come back. */
    private final Queue<Cipher> idle = new ArrayBlockingQueue<>(MOST_IDLE);

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
        DerivingKey key = keys.get().key(number);
        if (key == null) {
            throw new IllegalStateException("key " + number + " of encryptionKeysFile was removed while it was used");
        }
        byte[] sealed = new byte[value.length + OVERHEAD_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        try {
            Cipher cipher = initialized(Cipher.ENCRYPT_MODE, key, where, meaning, nonce);
            cipher.doFinal(value, 0, value.length, sealed, NONCE_BYTES);
            idle.offer(cipher);
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
        DerivingKey key = keys.get().key(number);
        if (key == null || length < OVERHEAD_BYTES) {
            return null;
        }
        byte[] nonce = Arrays.copyOfRange(bytes, offset, offset + NONCE_BYTES);
        try {
            Cipher cipher = initialized(Cipher.DECRYPT_MODE, key, where, meaning, nonce);
            byte[] value = cipher.doFinal(bytes, offset + NONCE_BYTES, length - NONCE_BYTES);
            idle.offer(cipher);
            return value;
        } catch (AEADBadTagException notAuthentic) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do AES-256-GCM: " + e, e);
        }
    }

    private Cipher initialized(int mode, DerivingKey key, byte[] where, byte[] meaning, byte[] nonce)
            throws GeneralSecurityException {
        Cipher pooled = idle.poll();
        Cipher cipher = pooled == null ? Cipher.getInstance("AES/GCM/NoPadding") : pooled;
        cipher.init(mode, new SecretKeySpec(key.derived(PURPOSE, where), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(where);
        cipher.updateAAD(meaning);
        return cipher;
    }
}
