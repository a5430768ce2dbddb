package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million inputs of each kind in every build, always the same ones: nothing that is read or refused ever throws. */
class MutatedBytesTest {
    private static final int INPUTS = 1_000_000;
    private static final long SEED = 5_063_886;

    @Test
    void aMillionMutatedEntriesAreDecodedOrRefused() {
        Random random = new Random(SEED);
        List<byte[]> samples = samples();
        int stored = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutated(samples.get(random.nextInt(samples.size())), random);
            stored += AnyBytes.check(input) instanceof Decoded.Stored ? 1 : 0;
        }
        assertThat(stored).as("damage that went unseen").isZero();
    }

    @Test
    void aMillionMutatedHeadersWithARightChecksumAreReadOrRefused() {
        Random random = new Random(SEED);
        List<byte[]> samples = samples();
        int stored = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = AnyBytes.sealed(mutated(samples.get(random.nextInt(samples.size())), random));
            stored += AnyBytes.check(input) instanceof Decoded.Stored ? 1 : 0;
        }
        assertThat(stored).as("mutations that reach the fields").isBetween(INPUTS / 20, INPUTS - INPUTS / 20);
    }

    @Test
    void aMillionRandomKeysAreWrittenOrRefused() {
        Random random = new Random(SEED);
        for (int i = 0; i < INPUTS; i++) {
            AnyKeys.check(text(random, 4), text(random, 40));
        }
    }

    private static List<byte[]> samples() {
        return SampleEntries.all().values().stream()
                .map(SampleEntries.Sample::encoded)
                .toList();
    }

    /** The bytes with one to four changes that always leave them different. */
    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] out = bytes.clone();
        int changes = 1 + random.nextInt(4);
        while (changes-- > 0 || Arrays.equals(out, bytes)) {
            switch (random.nextInt(4)) {
                case 0 -> out = Arrays.copyOf(out, random.nextInt(out.length + 1));
                case 1 -> out = Arrays.copyOf(out, out.length + random.nextInt(20));
                default -> {
                    if (out.length > 0) {
                        out[random.nextInt(out.length)] = (byte) random.nextInt();
                    }
                }
            }
        }
        return out;
    }

    /** Letters, and among them characters at the borders of what is told apart: one to four bytes, half pairs. */
    private static String text(Random random, int maxLength) {
        String borders = "aZ09._-:~{}\u0000\n\u007f\u0080\u07ff\u0800\ud7ff\ud800\udbff\udc00\udfff\ue000\ufffd\uffff";
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(maxLength + 1); left > 0; left--) {
            out.append(
                    random.nextInt(16) == 0
                            ? borders.charAt(random.nextInt(borders.length()))
                            : (char) ('a' + random.nextInt(26)));
        }
        return out.toString();
    }
}
