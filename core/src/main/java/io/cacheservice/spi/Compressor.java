package io.cacheservice.spi;

import org.jspecify.annotations.Nullable;

/**
 * One way of making values shorter. Safe for use by many threads; never throws because of the bytes it is given.
 *
 * <p>What it reads may have been written by anybody: a length that bytes claim is asked for with {@link #plainBytes} and
 * checked by the caller before room for it is made.
 */
public interface Compressor extends AutoCloseable {
    /** Names the way in an entry's header, as {@code docs/wire-format.md} lists them: 1 to 255. */
    int id();

    /** The compressed form of {@code value}; null: it has more than {@code mostBytes} bytes. */
    byte @Nullable [] compress(byte[] value, int mostBytes);

    /** How long the value is that these bytes claim to be; negative: they claim nothing that could be true. */
    long plainBytes(byte[] bytes, int offset, int length);

    /**
     * The value.
     *
     * @param plainBytes what {@link #plainBytes} said of them
     * @return null: they are not the compressed form of a value of that length
     */
    byte @Nullable [] decompress(byte[] bytes, int offset, int length, int plainBytes);

    /** Gives back memory outside the heap. What is under way ends as it would have. */
    @Override
    void close();
}
