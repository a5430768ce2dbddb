package io.cacheservice.testkit.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes examples in ways that break parsers: bits, lengths, numbers at borders, pieces twice or from elsewhere. For one thread. */
final class Mutations {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "00",
            "+1",
            "127",
            "255",
            "256",
            "65535",
            "65536",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "99999999999999999999999",
            "1e308",
            "1e999",
            "0x10",
            "1.5",
            "\u0661");
    private static final byte[] BORDER_BYTES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, '\r', '\n', ' ', '%', '"', '\\'};
    private static final int MOST_CHANGES = 8;
    private static final int LONG_RUN = 20_000;

    private final RandomGenerator random;
    private final Corpus corpus;

    Mutations(RandomGenerator random, Corpus corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    byte[] of(byte[] example) {
        byte[] bytes = example.clone();
        if (random.nextInt(8) == 0) {
            return bytes;
        }
        int changes = 1;
        while (changes < MOST_CHANGES && random.nextInt(3) == 0) {
            changes++;
        }
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes);
        }
        return bytes.length <= corpus.mostBytes() ? bytes : Arrays.copyOf(bytes, corpus.mostBytes());
    }

    private byte[] changed(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + length());
        return switch (random.nextInt(16)) {
            case 0, 1 -> bitFlipped(bytes);
            case 2 -> replaced(bytes, from, to, randomBytes(length()));
            case 3 -> replaced(bytes, from, from, new byte[] {BORDER_BYTES[random.nextInt(BORDER_BYTES.length)]});
            case 4 ->
                replaced(bytes, from, Math.min(bytes.length, from + 1), new byte[] {
                    BORDER_BYTES[random.nextInt(BORDER_BYTES.length)]
                });
            case 5 -> replaced(bytes, from, to, new byte[0]);
            case 6 -> Arrays.copyOf(bytes, from);
            case 7 -> replaced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case 8 -> replaced(bytes, from, from, word());
            case 9 -> replaced(bytes, from, to, word());
            case 10, 11 -> numberReplaced(bytes, from);
            case 12 -> spliced(bytes, from);
            case 13 -> swapped(bytes, from, to);
            case 14 -> binaryNumberReplaced(bytes, from);
            default -> random.nextInt(16) == 0 ? longRun(bytes, from, to) : bitFlipped(bytes);
        };
    }

    private int length() {
        return 1 << random.nextInt(6);
    }

    private byte[] randomBytes(int length) {
        byte[] some = new byte[length];
        random.nextBytes(some);
        return some;
    }

    private byte[] word() {
        List<byte[]> words = corpus.words();
        return words.isEmpty() ? number() : words.get(random.nextInt(words.size()));
    }

    private byte[] number() {
        return NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private byte[] bitFlipped(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** The first number in digits at or after {@code from} becomes another. */
    private byte[] numberReplaced(byte[] bytes, int from) {
        int begin = from;
        while (begin < bytes.length && !isDigit(bytes[begin])) {
            begin++;
        }
        int end = begin;
        while (end < bytes.length && isDigit(bytes[end])) {
            end++;
        }
        byte[] other = random.nextBoolean()
                ? number()
                : Integer.toString(random.nextInt(1 << random.nextInt(1, 31))).getBytes(US_ASCII);
        return replaced(bytes, begin, end, other);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Two, four or eight bytes become a number at a border, or near the length of all. */
    private byte[] binaryNumberReplaced(byte[] bytes, int from) {
        int size = 1 << random.nextInt(1, 4);
        int begin = Math.max(0, Math.min(from, bytes.length - size));
        long number = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> -1L;
            case 2 -> Long.MAX_VALUE >>> (64 - 8 * size);
            case 3 -> 1L << random.nextInt(8 * size);
            default -> bytes.length + random.nextInt(-8, 9);
        };
        for (int i = 0; i < size && begin + i < bytes.length; i++) {
            bytes[begin + i] = (byte) (number >>> (8 * (size - 1 - i)));
        }
        return bytes;
    }

    private byte[] spliced(byte[] bytes, int from) {
        byte[] other = corpus.examples().get(random.nextInt(corpus.examples().size()));
        int begin = random.nextInt(other.length + 1);
        return replaced(bytes, from, bytes.length, Arrays.copyOfRange(other, begin, other.length));
    }

    private byte[] swapped(byte[] bytes, int from, int to) {
        byte[] piece = Arrays.copyOfRange(bytes, from, to);
        byte[] without = replaced(bytes, from, to, new byte[0]);
        int at = random.nextInt(without.length + 1);
        return replaced(without, at, at, piece);
    }

    private byte[] longRun(byte[] bytes, int from, int to) {
        byte[] piece = from == to ? word() : Arrays.copyOfRange(bytes, from, to);
        int times = piece.length == 0 ? 0 : random.nextInt(1 + LONG_RUN / piece.length);
        byte[] run = new byte[times * piece.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(piece, 0, run, i * piece.length, piece.length);
        }
        return replaced(bytes, from, from, run);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] result = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }
}
