package io.cacheservice.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;

/** A dictionary as Zstandard digests it, once for all threads. Its memory outside the heap goes when nothing refers to it. */
final class ZstdDictionary {
    final ZstdDictCompress forCompressing;
    final ZstdDictDecompress forDecompressing;

    /** @throws IllegalArgumentException when {@code dictionary} is none */
    ZstdDictionary(byte[] dictionary) {
        // what is no dictionary would be taken for plain content that values refer to
        if (Zstd.getDictIdFromDict(dictionary) == 0) {
            throw new IllegalArgumentException("these " + dictionary.length + " bytes are no dictionary of Zstandard");
        }
        try {
            this.forCompressing = new ZstdDictCompress(dictionary, ZstdCompressor.LEVEL);
            this.forDecompressing = new ZstdDictDecompress(dictionary);
        } catch (IllegalStateException broken) { // its tables: it begins like a dictionary
            throw new IllegalArgumentException(
                    "these " + dictionary.length + " bytes are a broken dictionary of Zstandard", broken);
        }
    }
}
