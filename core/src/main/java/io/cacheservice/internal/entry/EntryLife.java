package io.cacheservice.internal.entry;

/**
 * How long an entry lives, as durations from its write: no clock of any machine is compared with another's. What is left
 * follows from the remaining time that Redis reports for the key.
 *
 * @param freshMillis how long the value counts as fresh
 * @param staleMillis how long it may serve as a fallback; not less than {@code freshMillis}
 * @param keptMillis how long Redis keeps the bytes: the {@code PX} written; at least 1 and not less than {@code
 *     staleMillis}
 */
public record EntryLife(long freshMillis, long staleMillis, long keptMillis) {
    /** A life, or a remaining life, without end. An entry that is kept for ever is fresh for ever. */
    public static final long FOR_EVER = -1;

    /** The longest life that has an end: the all-ones value of 48 bits says "for ever". */
    public static final long LONGEST_MILLIS = (1L << 48) - 2;

    /** Checks the order of the three. */
    public EntryLife {
        boolean forEver = freshMillis == FOR_EVER && staleMillis == FOR_EVER && keptMillis == FOR_EVER;
        if (!forEver && !isOrdered(freshMillis, staleMillis, keptMillis)) {
            throw new IllegalArgumentException("a life of fresh " + freshMillis + " ms, stale " + staleMillis
                    + " ms, kept " + keptMillis + " ms is refused: expected 0 <= fresh <= stale <= kept <= "
                    + LONGEST_MILLIS + " and kept >= 1, or all three for ever (" + FOR_EVER + ")");
        }
    }

    /** Fresh for as long as it is kept; {@link #FOR_EVER} is allowed. */
    public static EntryLife of(long keptMillis) {
        return new EntryLife(keptMillis, keptMillis, keptMillis);
    }

    static boolean isOrdered(long freshMillis, long staleMillis, long keptMillis) {
        return freshMillis >= 0
                && freshMillis <= staleMillis
                && staleMillis <= keptMillis
                && keptMillis >= 1
                && keptMillis <= LONGEST_MILLIS;
    }

    /** Whether it ends only by a write, a delete or an eviction. */
    public boolean isForEver() {
        return keptMillis == FOR_EVER;
    }

    /**
     * The life of an entry that is {@code ageMillis} old and is to stay fresh for {@code freshMillisFromNow}: what it is kept
     * beyond that stays, and what {@link #freshRemainingMillis} and the age follow from stays true for the new remaining
     * time.
     *
     * @param freshMillisFromNow over 0, or {@link #FOR_EVER}
     */
    public EntryLife changed(long ageMillis, long freshMillisFromNow) {
        if (freshMillisFromNow == FOR_EVER) {
            return of(FOR_EVER);
        }
        long keptLonger = keptMillis - freshMillis;
        long age = Math.min(ageMillis, LONGEST_MILLIS - keptLonger - freshMillisFromNow);
        long fresh = age + freshMillisFromNow;
        return new EntryLife(fresh, fresh + staleMillis - freshMillis, fresh + keptLonger);
    }

    boolean isFreshAsLongAsKept() {
        return freshMillis == keptMillis && staleMillis == keptMillis;
    }

    /**
     * How long the entry stays fresh when Redis keeps it for {@code remainingMillis} more: 0 when it is no longer fresh,
     * {@link #FOR_EVER} when its key has no end.
     *
     * @param remainingMillis what {@code PTTL} answered: at least 0, or {@link #FOR_EVER}
     */
    public long freshRemainingMillis(long remainingMillis) {
        return remaining(remainingMillis, keptMillis - freshMillis);
    }

    /** As {@link #freshRemainingMillis}, for how long the entry may still serve as a fallback. */
    public long staleRemainingMillis(long remainingMillis) {
        return remaining(remainingMillis, keptMillis - staleMillis);
    }

    private static long remaining(long remainingMillis, long keptLongerMillis) {
        if (remainingMillis < FOR_EVER) {
            throw new IllegalArgumentException("a remaining life of " + remainingMillis
                    + " ms is refused: expected what PTTL says of a key that exists, 0 or more, or -1 for ever");
        }
        // a key that somebody made persistent never ends, whatever was written first
        return remainingMillis == FOR_EVER ? FOR_EVER : Math.max(0, remainingMillis - keptLongerMillis);
    }
}
