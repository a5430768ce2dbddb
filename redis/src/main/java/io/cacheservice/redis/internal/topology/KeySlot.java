package io.cacheservice.redis.internal.topology;

import io.lettuce.core.cluster.SlotHash;
import java.util.Arrays;

/** Which part of a key says where it lives: the Redis Cluster specification's hash slots and hash tags. */
public final class KeySlot {
    /** How many slots a Cluster has. */
    public static final int COUNT = SlotHash.SLOT_COUNT;

    private KeySlot() {}

    /** The slot of {@code key}, from 0 to {@link #COUNT} - 1. */
    public static int of(byte[] key) {
        return SlotHash.getSlot(key);
    }

    /** The part of {@code key} between the first <code>{</code> and the next <code>}</code> if that is not empty, else the key. */
    public static byte[] hashTag(byte[] key) {
        int open = indexOf(key, (byte) '{', 0);
        int close = open < 0 ? -1 : indexOf(key, (byte) '}', open + 1);
        return close > open + 1 ? Arrays.copyOfRange(key, open + 1, close) : key;
    }

    private static int indexOf(byte[] key, byte wanted, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
