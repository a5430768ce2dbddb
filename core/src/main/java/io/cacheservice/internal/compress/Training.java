package io.cacheservice.internal.compress;

import io.cacheservice.spi.Compressor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a dictionary of samples: several sizes are trained on four fifths of them and tried on the rest. Takes about a second. */
final class Training {
    private static final int[] SIZES = {4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10, Trained.MOST_BYTES};
    private static final int HELD_OUT_EACH = 5;

    private Training() {}

    /**
     * The result.
     *
     * @param ratio how many times as long the held-out values are as what is stored of them
     */
    record Result(Trained trained, double ratio) {}

    /**
     * The best dictionary; empty: none is worth it.
     *
     * @param present what is used now; null: none
     */
    static Optional<Result> train(Ways ways, List<byte[]> samples, @Nullable Compressor present) {
        List<byte[]> learnt = new ArrayList<>();
        List<byte[]> heldOut = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            (i % HELD_OUT_EACH == 0 ? heldOut : learnt).add(samples.get(i));
        }
        Compressor otherwise = present == null ? ways.zstd() : present;
        if (otherwise == null) {
            return Optional.empty();
        }
        List<DictionaryChoice.Candidate> candidates = new ArrayList<>();
        for (int size : SIZES) {
            ways.train(learnt, size)
                    .flatMap(dictionary -> candidate(ways, dictionary, heldOut))
                    .ifPresent(candidates::add);
        }
        long plain = heldOut.stream().mapToLong(value -> value.length).sum();
        return DictionaryChoice.of(candidates, stored(otherwise, heldOut))
                .map(chosen -> new Result(chosen.trained(), (double) plain / chosen.heldOutBytes()));
    }

    private static Optional<DictionaryChoice.Candidate> candidate(Ways ways, byte[] dictionary, List<byte[]> heldOut) {
        try (Compressor with = ways.zstd(dictionary)) {
            return with == null
                    ? Optional.empty()
                    : Optional.of(new DictionaryChoice.Candidate(Trained.of(dictionary), stored(with, heldOut)));
        }
    }

    private static long stored(Compressor compressor, List<byte[]> values) {
        long bytes = 0;
        for (byte[] value : values) {
            byte[] shorter = compressor.compress(value, ValueCompressor.mostBytes(value.length));
            bytes += shorter == null ? value.length : shorter.length;
        }
        return bytes;
    }
}
