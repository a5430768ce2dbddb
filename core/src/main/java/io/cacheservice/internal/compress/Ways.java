package io.cacheservice.internal.compress;

import io.cacheservice.spi.Compressor;
import io.cacheservice.spi.CompressorProvider;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The compressors that this process has, made when they are first wanted: native code takes a while to load. Where it cannot be
 * loaded there are none, which is said once. Safe for use by many threads.
 */
public final class Ways implements AutoCloseable {
    /** LZ4, in an entry's header. */
    static final int LZ4 = 1;
    /** Zstandard, in an entry's header. */
    static final int ZSTD = 2;

    private static final System.Logger LOG = System.getLogger(Ways.class.getName());

    private final @Nullable CompressorProvider provider;
    private volatile @Nullable Compressor lz4;
    private volatile @Nullable Compressor zstd;
    private volatile boolean isBroken;

    /** @param provider null: there is none */
    Ways(@Nullable CompressorProvider provider) {
        this.provider = provider;
    }

    /** What is on the class path. */
    public static Ways find() {
        try {
            Optional<CompressorProvider> first =
                    ServiceLoader.load(CompressorProvider.class).findFirst();
            return new Ways(first.orElse(null));
        } catch (ServiceConfigurationError e) {
            Ways none = new Ways(null);
            none.broken(e);
            return none;
        }
    }

    /** None, where nothing is stored that could be compressed. */
    public static Ways none() {
        return new Ways(null);
    }

    /** Whether there are any, as far as is known now. */
    public boolean exist() {
        return provider != null && !isBroken;
    }

    @Nullable
    Compressor lz4() {
        Compressor present = lz4;
        return present == null ? madeLz4() : present;
    }

    private synchronized @Nullable Compressor madeLz4() {
        if (lz4 == null && exist()) {
            lz4 = made(CompressorProvider::lz4);
        }
        return lz4;
    }

    @Nullable
    Compressor zstd() {
        Compressor present = zstd;
        return present == null ? madeZstd() : present;
    }

    private synchronized @Nullable Compressor madeZstd() {
        if (zstd == null && exist()) {
            zstd = made(CompressorProvider::zstd);
        }
        return zstd;
    }

    /** Without a dictionary; null: this process has it not. */
    @Nullable
    Compressor of(int id) {
        return id == LZ4 ? lz4() : id == ZSTD ? zstd() : null;
    }

    /** Null: it is no dictionary, or there is nothing that could use it. */
    @Nullable
    Compressor zstd(byte[] dictionary) {
        return exist() ? made(ways -> ways.zstd(dictionary)) : null;
    }

    Optional<byte[]> train(List<byte[]> samples, int mostBytes) {
        return provider == null || isBroken ? Optional.empty() : provider.train(samples, mostBytes);
    }

    private @Nullable Compressor made(Function<CompressorProvider, Compressor> maker) {
        try {
            return provider == null ? null : maker.apply(provider);
        } catch (IllegalArgumentException noDictionary) {
            return null;
        } catch (LinkageError | RuntimeException e) {
            broken(e);
            return null;
        }
    }

    private void broken(Throwable e) {
        isBroken = true;
        LOG.log(
                System.Logger.Level.WARNING,
                "nothing is compressed, and compressed entries of others are misses: the compressors on the class path"
                        + " cannot be used here: " + e);
    }

    @Override
    public synchronized void close() {
        Compressor one = lz4;
        Compressor other = zstd;
        if (one != null) {
            one.close();
        }
        if (other != null) {
            other.close();
        }
    }
}
