package io.cacheservice.compression;

import io.cacheservice.spi.Compressor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/** LZ4: the length of the value in 4 bytes, then one block. Only the decompressor that checks every length is used. */
final class Lz4Compressor implements Compressor {
    static final int ID = 1;

    private static final int LENGTH_BYTES = 4;
    /** No byte of a block stands for more of a value. */
    private static final long MOST_PER_BYTE = 255;

    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public byte @Nullable [] compress(byte[] value, int mostBytes) {
        if (mostBytes <= LENGTH_BYTES) {
            return null;
        }
        byte[] room = new byte[mostBytes];
        try {
            int length = compressor.compress(value, 0, value.length, room, LENGTH_BYTES, mostBytes - LENGTH_BYTES);
            ByteBuffer.wrap(room).putInt(value.length);
            return Arrays.copyOf(room, LENGTH_BYTES + length);
        } catch (LZ4Exception tooLong) {
            return null;
        }
    }

    @Override
    public long plainBytes(byte[] bytes, int offset, int length) {
        if (length <= LENGTH_BYTES) {
            return -1;
        }
        int plain = ByteBuffer.wrap(bytes).getInt(offset);
        return plain > MOST_PER_BYTE * (length - LENGTH_BYTES) ? -1 : plain;
    }

    @Override
    public byte @Nullable [] decompress(byte[] bytes, int offset, int length, int plainBytes) {
        byte[] value = new byte[plainBytes];
        try {
            int decompressed =
                    decompressor.decompress(bytes, offset + LENGTH_BYTES, length - LENGTH_BYTES, value, 0, plainBytes);
            return decompressed == plainBytes ? value : null;
        } catch (LZ4Exception malformed) {
            return null;
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
