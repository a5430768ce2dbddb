package io.cacheservice;

import java.time.Duration;

/**
 * What the coherence monitor found: local copies that it picked at random, each that a read could be given with the same
 * chance, and compared with what Redis held at that moment. Immutable; counts are since the service was opened.
 *
 * <p>A copy is <em>stale</em> when it differs from what Redis said and can still be given to a read once Redis' answer is
 * here, which came over a connection of its own. So a change that is on its way to this process makes a copy stale for that
 * long. How long a copy was stale is measured from when the monitor noticed: it was so at least as long.
 *
 * @param compared copies that were compared
 * @param undecided copies that were picked and not compared: Redis did not answer, the answer did not tell (plain values
 *     over 256 KB), or the change was heard before the answer was here
 * @param stale of those compared, the stale ones
 * @param violations of the stale ones, those that stayed so for longer than {@code maxStaleness}: a broken promise, for
 *     instance after a {@code SWAPDB}, of which Redis tells nobody
 * @param staleNow stale copies that can be given to a read at this moment
 * @param staleness how long those were stale that can no longer be given
 * @param longest how long the longest was stale until now, that of {@code staleNow} included
 */
public record CoherenceSamples(
        long compared,
        long undecided,
        long stale,
        long violations,
        long staleNow,
        LatencySummary staleness,
        Duration longest) {
    /** Nothing was compared. */
    public static final CoherenceSamples NONE =
            new CoherenceSamples(0, 0, 0, 0, 0, LatencySummary.EMPTY, Duration.ZERO);

    /**
     * The headline: how many nines of the sampled reads were at most {@code maxStaleness} behind Redis; 3 says 99.9 %. As if
     * the next sample were to fail, so that few samples do not claim much: a thousand good ones give 3.
     */
    public double ninesWithinMaxStaleness() {
        return nines(violations);
    }

    /** As {@link #ninesWithinMaxStaleness}, of the sampled reads that were not behind at all. */
    public double ninesWithinZero() {
        return nines(stale);
    }

    private double nines(long failed) {
        return Math.log10((compared + 1.0) / (failed + 1.0));
    }
}
