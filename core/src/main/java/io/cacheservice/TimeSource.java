package io.cacheservice;

/**
 * Where the cache reads the time.
 *
 * <p>Every deadline is measured on {@link #nanoTime()}; the wall clock is only read to show times to people. Tests pass a
 * clock they move by hand ({@code ManualTime} in the test kit). Implementations must be safe for use by many threads and
 * must not cache what they return: a clock kept by a ticker thread stands still while the process is paused, and the
 * entries it judges would look younger than they are.
 */
public interface TimeSource {
    /** Nanoseconds on a monotonic clock with an arbitrary origin, as {@link System#nanoTime()}. */
    long nanoTime();

    /** Milliseconds since the Unix epoch, as {@link System#currentTimeMillis()}. */
    long epochMillis();

    /** The clocks of this machine. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
