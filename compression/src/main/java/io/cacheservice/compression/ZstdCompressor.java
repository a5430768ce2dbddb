package io.cacheservice.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.cacheservice.spi.Compressor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard, level 3: one frame without its magic number, checksum and dictionary id, which the entry's header makes needless,
 * and with the length of the value.
 *
 * <p>A context serves one thread at a time and costs more to make than a value to compress, so that they are kept; threads of
 * their own would be too many where threads are virtual.
 */
final class ZstdCompressor implements Compressor {
    static final int ID = 2;
    static final int LEVEL = 3;

    private final Pool<ZstdCompressCtx> compressing;
    private final Pool<ZstdDecompressCtx> decompressing;

    ZstdCompressor(@Nullable ZstdDictionary dictionary) {
        this.compressing = new Pool<>(() -> newCompressing(dictionary));
        this.decompressing = new Pool<>(() -> newDecompressing(dictionary));
        // fails here, and not at the first value, where native code cannot be loaded
        compressing.giveBack(compressing.take());
    }

    private static ZstdCompressCtx newCompressing(@Nullable ZstdDictionary dictionary) {
        ZstdCompressCtx context = new ZstdCompressCtx()
                .setLevel(LEVEL)
                .setMagicless(true)
                .setChecksum(false)
                .setDictID(false)
                .setContentSize(true);
        return dictionary == null ? context : context.loadDict(dictionary.forCompressing);
    }

    private static ZstdDecompressCtx newDecompressing(@Nullable ZstdDictionary dictionary) {
        ZstdDecompressCtx context = new ZstdDecompressCtx().setMagicless(true);
        return dictionary == null ? context : context.loadDict(dictionary.forDecompressing);
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public byte @Nullable [] compress(byte[] value, int mostBytes) {
        byte[] room = new byte[mostBytes];
        ZstdCompressCtx context = compressing.take();
        try {
            int length = context.compressByteArray(room, 0, mostBytes, value, 0, value.length);
            return Arrays.copyOf(room, length);
        } catch (ZstdException tooLong) {
            return null;
        } finally {
            compressing.giveBack(context);
        }
    }

    @Override
    public long plainBytes(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return -1;
        }
        // 0 stands for both "nothing" and "not said"; of nothing there is no compressed form
        long plain = Zstd.getFrameContentSize(bytes, offset, length, true);
        return plain <= 0 ? -1 : plain;
    }

    @Override
    public byte @Nullable [] decompress(byte[] bytes, int offset, int length, int plainBytes) {
        byte[] value = new byte[plainBytes];
        ZstdDecompressCtx context = decompressing.take();
        try {
            return context.decompressByteArray(value, 0, plainBytes, bytes, offset, length) == plainBytes
                    ? value
                    : null;
        } catch (ZstdException malformed) {
            return null;
        } finally {
            decompressing.giveBack(context);
        }
    }

    @Override
    public void close() {
        compressing.close();
        decompressing.close();
    }
}
