package io.cacheservice;

import java.util.Locale;

/**
 * How the values of a cache are made shorter for Redis. The way stands in each entry, so that entries of every way can be read
 * whatever is chosen for new ones. Values in this process are never compressed.
 */
public enum Compression {
    /**
     * What pays: Zstandard, after some values with a dictionary trained on them; not what is short, what does not get shorter,
     * and what takes too long for what it saves. Nothing without the artifact {@code cache-service-compression}.
     */
    AUTO,
    /** Values are stored as they are. */
    NONE,
    /** LZ4: fast, and little for small values. */
    LZ4,
    /** Zstandard without a dictionary: nothing of a value is kept anywhere but in its entry. */
    ZSTD;

    /**
     * The one of this name in the setting {@code compression}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Compression named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
