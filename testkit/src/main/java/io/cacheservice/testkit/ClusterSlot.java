package io.cacheservice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Which of a cluster's 16,384 slots a key belongs to: CRC-16/XMODEM of the key, or of the tag in its first braces. */
final class ClusterSlot {
    static final int COUNT = 16_384;
    private static final int POLYNOMIAL = 0x1021;

    private ClusterSlot() {}

    static int of(String key) {
        return crc16(tagOf(key.getBytes(UTF_8))) % COUNT;
    }

    static int checked(int slot) {
        if (slot < 0 || slot >= COUNT) {
            throw new IllegalArgumentException("slot " + slot + " is not between 0 and " + (COUNT - 1));
        }
        return slot;
    }

    /** What stands between the first opening brace and the next closing one, unless it is empty; else the whole key. */
    private static byte[] tagOf(byte[] key) {
        int open = indexOf(key, '{', 0);
        int close = open < 0 ? -1 : indexOf(key, '}', open + 1);
        return close > open + 1 ? Arrays.copyOfRange(key, open + 1, close) : key;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int crc16(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            crc ^= (b & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return crc & 0xffff;
    }
}
