package io.cacheservice.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Keys in the order in which a thread looks them up. */
final class KeySequence {
    private static final int LENGTH = 1 << 18;

    private KeySequence() {}

    /** The name of key {@code number}: a new object on each call, with its hash computed. */
    // Callers of a cache rarely hold the very object that is stored, so equals has to compare; but their strings are
    // mostly hashed before (field names, ids parsed once), so hashing is not part of a lookup here.
    @SuppressWarnings("StringOperationCanBeSimplified")
    static String key(int number) {
        String key = new String("user:" + (1_000_000 + number));
        if (key.hashCode() == 0) {
            throw new IllegalStateException(key + " hashes to 0 and would be hashed on each lookup: choose other keys");
        }
        return key;
    }

    /** Each of {@code keys} keys as likely as the others. */
    static String[] uniform(int keys, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return sequence(keys, i -> random.nextInt(keys));
    }

    /** Key of rank r with a likelihood proportional to 1 / r^0.99, ranks spread over the key numbers. */
    static String[] zipf(int keys, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] upTo = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += 1 / Math.pow(rank + 1, 0.99);
            upTo[rank] = sum;
        }
        int[] keyOfRank = shuffled(keys);
        double total = sum;
        return sequence(keys, i -> {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * total);
            return keyOfRank[Math.min(found < 0 ? -found - 1 : found, keys - 1)];
        });
    }

    private static String[] sequence(int keys, IntFunction<Integer> pick) {
        String[] names = new String[keys];
        Arrays.setAll(names, KeySequence::key);
        String[] sequence = new String[LENGTH];
        Arrays.setAll(sequence, i -> names[pick.apply(i)]);
        return sequence;
    }

    // The same for every seed: threads agree on which keys are hot.
    private static int[] shuffled(int keys) {
        int[] numbers = new int[keys];
        Arrays.setAll(numbers, i -> i);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = keys - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
        return numbers;
    }
}
