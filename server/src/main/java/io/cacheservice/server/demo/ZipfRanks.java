package io.cacheservice.server.demo;

import java.util.Arrays;

/** Ranks as people ask for things: the second is asked for half as often as the first, the third a third as often. */
final class ZipfRanks {
    private final double[] upTo;

    /** @param ranks how many there are, at least one */
    ZipfRanks(int ranks) {
        upTo = new double[ranks];
        double sum = 0;
        for (int i = 0; i < ranks; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
    }

    /** The rank, from zero, that {@code dice} of 0 to below 1 name. */
    int rank(double dice) {
        int found = Arrays.binarySearch(upTo, dice * upTo[upTo.length - 1]);
        return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found + 1);
    }
}
