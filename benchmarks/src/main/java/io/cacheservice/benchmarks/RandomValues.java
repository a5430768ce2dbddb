package io.cacheservice.benchmarks;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values that no compression makes shorter: random bytes, others for each number at the end of a key. Were they the same for all keys, a
 * client with a trained dictionary would hardly send any. Safe for use by many threads.
 */
final class RandomValues {
    private final Map<String, byte[]> byNumber = new ConcurrentHashMap<>();
    private final int length;

    RandomValues(int length) {
        this.length = length;
    }

    int length() {
        return length;
    }

    /** The value of {@code key}, the same array on each call. */
    byte[] of(String key) {
        return byNumber.computeIfAbsent(key.substring(key.lastIndexOf(':') + 1), number -> {
            byte[] value = new byte[length];
            new Random(Integer.parseInt(number)).nextBytes(value);
            return value;
        });
    }
}
