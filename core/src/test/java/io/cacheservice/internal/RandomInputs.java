package io.cacheservice.internal;

import java.util.List;
import java.util.SplittableRandom;

/** Inputs for tests of what must hold for all inputs: random, edges more often than chance has them, the same in every build. */
public final class RandomInputs {
    private static final long SEED = 20_261_122;

    private final SplittableRandom random;

    private RandomInputs(SplittableRandom random) {
        this.random = random;
    }

    /** What must hold. */
    @FunctionalInterface
    public interface Property {
        /** Takes its inputs from {@code inputs} and throws when it does not hold for them. */
        void check(RandomInputs inputs) throws Exception;
    }

    /** Checks {@code property} that often, and says at which try it failed. */
    public static void forAll(int tries, Property property) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 1; i <= tries; i++) {
            try {
                property.check(new RandomInputs(random));
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("does not hold at try " + i + " of " + tries, failure);
            }
        }
    }

    /** A number from {@code min} to {@code max}, both included; one in eight is an end of the range or next to it. */
    public long between(long min, long max) {
        if (chance(8) && max - min > 2) {
            return oneOf(List.of(min, min + 1, max - 1, max));
        }
        return max == Long.MAX_VALUE ? random.nextLong(min, max) : random.nextLong(min, max + 1);
    }

    /** As {@link #between(long, long)}. */
    public int between(int min, int max) {
        return (int) between((long) min, (long) max);
    }

    /** Any long whatever. */
    public long anyLong() {
        return chance(8) ? oneOf(List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE)) : random.nextLong();
    }

    /** A number from 0 to 1, both included. */
    public double probability() {
        return chance(8) ? oneOf(List.of(0.0, Double.MIN_VALUE, 1.0)) : random.nextDouble();
    }

    /** True once in {@code times}. */
    public boolean chance(int times) {
        return random.nextInt(times) == 0;
    }

    /** One of {@code choices}. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A text of {@code min} to {@code max} characters of {@code alphabet}. */
    public String text(String alphabet, int min, int max) {
        StringBuilder text = new StringBuilder();
        for (int left = between(min, max); left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** Up to {@code max} characters of all there are, halves of surrogate pairs and whole pairs among them. */
    public String anyText(int max) {
        StringBuilder text = new StringBuilder();
        for (int left = between(0, max); left > 0; left--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.append((char) between((int) Character.MIN_SURROGATE, (int) Character.MAX_SURROGATE));
                case 2 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 3 -> text.append((char) random.nextInt(0x800));
                default -> text.append((char) random.nextInt(0x80));
            }
        }
        return text.toString();
    }

    /** Up to {@code max} bytes. */
    public byte[] bytes(int max) {
        byte[] bytes = new byte[between(0, max)];
        random.nextBytes(bytes);
        return bytes;
    }
}
