package io.cacheservice.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.cacheservice.spi.Compressor;
import io.cacheservice.spi.CompressorProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The compressors of this module. {@link java.util.ServiceLoader} makes it; native code is loaded by what it gives. */
public final class NativeCompressors implements CompressorProvider {
    @Override
    public Compressor lz4() {
        return new Lz4Compressor();
    }

    @Override
    public Compressor zstd() {
        return new ZstdCompressor(null);
    }

    @Override
    public Compressor zstd(byte[] dictionary) {
        return new ZstdCompressor(new ZstdDictionary(dictionary));
    }

    @Override
    public Optional<byte[]> train(List<byte[]> samples, int mostBytes) {
        byte[] room = new byte[mostBytes];
        try {
            long length = Zstd.trainFromBuffer(samples.toArray(byte[][]::new), room, false, ZstdCompressor.LEVEL);
            return Zstd.isError(length) ? Optional.empty() : Optional.of(Arrays.copyOf(room, Math.toIntExact(length)));
        } catch (ZstdException tooFew) {
            return Optional.empty();
        }
    }
}
