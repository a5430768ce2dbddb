package io.cacheservice.spi;

import java.util.List;
import java.util.Optional;

/** Makes compressors. Found with {@link java.util.ServiceLoader}; the first is used. Safe for use by many threads. */
public interface CompressorProvider {
    /** LZ4, id 1. */
    Compressor lz4();

    /** Zstandard, id 2. */
    Compressor zstd();

    /**
     * Zstandard with a dictionary, id 2.
     *
     * @param dictionary what {@link #train} made; must not be changed afterwards
     * @throws IllegalArgumentException when it is none
     */
    Compressor zstd(byte[] dictionary);

    /**
     * A dictionary of what {@code samples} have in common. Takes up to a second of the calling thread.
     *
     * @param mostBytes how large it may be
     * @return empty: these samples give none
     */
    Optional<byte[]> train(List<byte[]> samples, int mostBytes);
}
