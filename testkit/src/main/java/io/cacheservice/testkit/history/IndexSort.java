package io.cacheservice.testkit.history;

/** Sorts indices by what they stand for, without an object for each; stable, O(n log n), and O(n) when in order already. */
final class IndexSort {
    private IndexSort() {}

    /** What an index is sorted by. */
    @FunctionalInterface
    interface Order {
        long of(int index);
    }

    static void sort(int[] indices, int from, int to, Order order) {
        int[] spare = new int[to - from];
        sort(indices, from, to, order, spare);
    }

    private static void sort(int[] indices, int from, int to, Order order, int[] spare) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(indices, from, middle, order, spare);
        sort(indices, middle, to, order, spare);
        if (order.of(indices[middle - 1]) <= order.of(indices[middle])) {
            return;
        }
        int left = middle - from;
        System.arraycopy(indices, from, spare, 0, left);
        int taken = 0;
        int right = middle;
        for (int at = from; taken < left; at++) {
            boolean takeRight = right < to && order.of(indices[right]) < order.of(spare[taken]);
            indices[at] = takeRight ? indices[right++] : spare[taken++];
        }
    }
}
