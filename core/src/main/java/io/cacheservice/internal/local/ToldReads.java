package io.cacheservice.internal.local;

/**
 * Which reads of one entry its map's eviction policy is told of: eight in each {@link #SPAN_NANOS sixtieth of a second}.
 *
 * <p>To tell it costs more than the read itself, and of an entry that is read more often than that it needs to know no more: W-TinyLFU
 * (Einziger, Friedman and Manes, 2017) counts to 15 and halves. What matters for the hit ratio is which of the entries near the bound are
 * read a little more than others, and of those it is told everything. Measured in {@code docs/decisions/0022-told-reads.md}.
 *
 * <p>A state is a number that the entry keeps, zero at first: the span in which it was last told, and how often in it. Pure.
 */
final class ToldReads {
    private static final int SPAN_BITS = 24;

    /** A power of two, so that no division is needed. */
    static final long SPAN_NANOS = 1L << SPAN_BITS;

    static final int MOST_IN_A_SPAN = 8;

    private static final int COUNT_BITS = 4;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

    private ToldReads() {}

    /** The state after a read at {@code nowNanos}; {@code state} itself where the policy is not told of it. */
    static int after(int state, long nowNanos) {
        int span = (int) (nowNanos >>> SPAN_BITS) << COUNT_BITS;
        if ((state & ~COUNT_MASK) != span) {
            return span | 1;
        }
        return (state & COUNT_MASK) < MOST_IN_A_SPAN ? state + 1 : state;
    }
}
