package io.cacheservice.internal.refresh;

/**
 * Shortens the lives that a cache's policy gives, each by another part of up to 10 %, so that entries which came together do
 * not end together. Early refresh does not do that: it spreads the loads of one key, not those of many.
 *
 * <p>A life is never lengthened, so the policy's is the longest that an entry has. Not for lives that a call asked for, which
 * are exact. Lives under a second stay as they are: a tenth of them would part the loads by less than loads take, and who
 * chose a life so short counts on it.
 */
public final class TtlJitter {
    private static final double LARGEST_PART = 0.1;
    private static final long SHORTEST_MILLIS = 1_000;

    private TtlJitter() {}

    /**
     * The life to be used.
     *
     * @param ttlMillis the policy's life; zero, which is "for ever", is left alone
     * @param dice uniform in [0, 1)
     * @return at least nine tenths of it, at most all of it
     */
    public static long shortened(long ttlMillis, double dice) {
        return ttlMillis < SHORTEST_MILLIS ? ttlMillis : ttlMillis - (long) (ttlMillis * LARGEST_PART * dice);
    }
}
