package io.cacheservice.internal.entry;

/**
 * How a payload was made shorter.
 *
 * @param id the way, 1 to 255 as {@code docs/wire-format.md} lists them; 0: it was not
 * @param dictionary the number of the dictionary without which it cannot be read; 0: it needs none
 */
public record Compressed(int id, int dictionary) {
    /** It is as the codec wrote it. */
    public static final Compressed NONE = new Compressed(0, 0);

    /** LZ4. */
    public static final int LZ4 = 1;
    /** Zstandard, the only way with dictionaries. */
    public static final int ZSTD = 2;

    /** Whether it was made shorter at all. */
    public boolean isAny() {
        return id != 0;
    }

    /** Whether there is such a thing in this version of the format. */
    boolean isKnown() {
        return id == ZSTD || (dictionary == 0 && (id == 0 || id == LZ4));
    }
}
