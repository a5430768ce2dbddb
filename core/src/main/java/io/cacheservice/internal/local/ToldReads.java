package io.cacheservice.internal.local;

/**
 * Which reads of a key the eviction policy is told of: eight in each {@link #SPAN_NANOS sixtieth of a second}.
 *
 * <p>To tell it costs more than the read itself, and of an entry that is read more often than that it needs to know no more: W-TinyLFU
 * (Einziger, Friedman and Manes, 2017) counts to 15 and halves. What matters for the hit ratio is which of the entries near the bound are
 * read a little more than others, and of those it is told everything. Measured in {@code docs/decisions/0022-told-reads.md}.
 *
 * <p>It must be known before the key is looked up, since to tell is to look up. So the counts are here, in as many slots as fit
 * into the second level of a processor's cache, and each slot is of the key that was told last of those that share it: one that is read
 * seldom never goes untold for another's sake. Safe for use by many threads; written without order, for a read that is told once
 * more or less does no harm.
 */
final class ToldReads {
    private static final int SPAN_BITS = 24;

    /** A power of two, so that no division is needed. */
    static final long SPAN_NANOS = 1L << SPAN_BITS;

    static final int MOST_IN_A_SPAN = 8;

    private static final int SLOT_BITS = 14;

    /** A slot: the last four bits count, the sixteen before them are of the span, the first twelve of the key. */
    private static final int COUNT_MASK = 0xF;

    private static final int SPAN_MASK = 0xFFFF0;
    private static final int KEY_SHIFT = 20;
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final int[] slots = new int[1 << SLOT_BITS];

    /** Whether the policy is to be told of a read at {@code nowNanos}, of a key of that {@code hash}; counts it. */
    boolean isNext(int hash, long nowNanos) {
        int mixed = (hash ^ (hash >>> 16)) * GOLDEN_RATIO;
        int slot = mixed >>> (Integer.SIZE - SLOT_BITS);
        int ofKeyAndSpan = (mixed << KEY_SHIFT) | ((int) (nowNanos >>> (SPAN_BITS - 4)) & SPAN_MASK);
        int before = slots[slot];
        if ((before & ~COUNT_MASK) != ofKeyAndSpan) {
            slots[slot] = ofKeyAndSpan | 1;
            return true;
        }
        if ((before & COUNT_MASK) < MOST_IN_A_SPAN) {
            slots[slot] = before + 1;
            return true;
        }
        return false;
    }
}
