package io.cacheservice.internal.compress;

/**
 * What compressing has brought lately, and what it took: a moving average of the last hundred or so values, and with it the
 * decision whether the next value is worth the try. Where it is not, one value in 64 is tried all the same, so that a cache whose
 * values change is found out.
 *
 * <p>Safe for use by many threads; a record that is lost to another at the same moment makes no difference.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // a lost update makes no difference
final class Gain {
    /** A value is stored compressed if it saves this share of it, and compressing is worth it if it does so on average. */
    static final double LEAST_SHARE = 0.1;

    /** What a byte less in Redis and on the way may cost: at that price a processor saves 2 MB a second. */
    static final double MOST_NANOS_PER_BYTE = 500;

    private static final int PROBE_MASK = 63;
    private static final double WEIGHT = 0.02;
    /** A pause of the machine during a measurement must not look like work: nothing counts for more than this many averages. */
    private static final double MOST_AVERAGES = 3;

    private static final double FIRST_NANOS_PER_BYTE = 20;
    private static final int SETTLED = 1_000;

    private volatile double plain;
    private volatile double stored;
    private volatile double nanosPerByte;
    private volatile int tries;

    /** @param dice any number, evenly spread */
    boolean isWorthTrying(int dice) {
        return pays() || (dice & PROBE_MASK) == 0;
    }

    private boolean pays() {
        double before = plain;
        double saved = before - stored;
        return before == 0 || (saved >= LEAST_SHARE * before && nanosPerByte * before <= MOST_NANOS_PER_BYTE * saved);
    }

    /** A value of {@code plainBytes} would be stored as {@code storedBytes}. */
    void tried(int plainBytes, int storedBytes) {
        boolean isFirst = plain == 0;
        if (tries < SETTLED) {
            tries++;
        }
        plain = isFirst ? plainBytes : plain + WEIGHT * (plainBytes - plain);
        stored = isFirst ? storedBytes : stored + WEIGHT * (storedBytes - stored);
    }

    /** It took so long to find out. */
    void took(int plainBytes, long nanos) {
        double measured = (double) nanos / plainBytes;
        double average = nanosPerByte;
        if (average == 0) {
            // the first ones are those of code that is not compiled yet
            nanosPerByte = Math.min(measured, FIRST_NANOS_PER_BYTE);
        } else {
            nanosPerByte = average + 5 * WEIGHT * (Math.min(measured, MOST_AVERAGES * average) - average);
        }
    }

    /** Whether so many values were tried that the average says something. */
    boolean isSettled() {
        return tries >= SETTLED;
    }

    /** How many times as long the values were as what is stored of them; 1 where none was tried. */
    double ratio() {
        double now = stored;
        return now == 0 ? 1 : plain / now;
    }
}
