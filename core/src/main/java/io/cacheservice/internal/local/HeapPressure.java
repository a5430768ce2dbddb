package io.cacheservice.internal.local;

/**
 * Decides how much of the local tier makes room when the heap has little left, and when it may grow again: by what is in use
 * after a collection, so that garbage does not count.
 *
 * <p>Between the share at which room is made and that at which it may grow again nothing changes, so that it does not swing to
 * and fro.
 *
 * @param most share of the heap beyond which room is made, above {@value #ROOM_MADE} and at most 1
 */
public record HeapPressure(double most) {
    /** How far below {@link #most} the heap is brought, as a share of it. */
    static final double ROOM_MADE = 0.10;

    /** A share that no heap goes beyond. */
    public static final double NEVER = 1;

    private static final double QUIET = 0.15;

    /** What is to be done. */
    public sealed interface Verdict {
        /** Nothing. */
        record Stay() implements Verdict {}

        /** The local tier gives so many bytes back. */
        record GiveBack(long bytes) implements Verdict {}

        /** It may hold so many bytes more. */
        record Regain(long bytes) implements Verdict {}
    }

    /**
     * What is to be done.
     *
     * @param usedBytes in use in the heap after a collection
     * @param maxBytes of the heap
     * @param onItsWayBytes among them, given back already and perhaps not collected yet
     */
    public Verdict verdict(long usedBytes, long maxBytes, long onItsWayBytes) {
        double expectedBytes = usedBytes - onItsWayBytes;
        if (expectedBytes > most * maxBytes) {
            return new Verdict.GiveBack((long) (expectedBytes - (most - ROOM_MADE) * maxBytes));
        }
        double roomBytes = (most - QUIET) * maxBytes - usedBytes;
        return roomBytes >= 2 ? new Verdict.Regain((long) roomBytes / 2) : new Verdict.Stay();
    }
}
