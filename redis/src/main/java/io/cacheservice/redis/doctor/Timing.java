package io.cacheservice.redis.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far away the server is, on the network and by the clock: round-trip and clock. Pure. */
final class Timing {
    private static final long NEAR_NANOS = 1_000_000;
    /** The share of {@code readTimeout} that the median may take: 1 ms of its default of 50 ms. */
    private static final int MEDIAN_SHARE = 50;

    private static final int P99_SHARE = 2;
    private static final long CLOCK_WARNING_MILLIS = 500;
    private static final long CLOCK_FAULT_MILLIS = 5_000;

    private Timing() {}

    static List<Finding> findings(ServerSeen seen, Duration readTimeout) {
        return List.of(
                roundTrip(seen.where(), seen.pingNanos(), readTimeout), clock(seen.where(), seen.clockAheadMillis()));
    }

    static Finding roundTrip(String where, List<Long> pingNanos, Duration readTimeout) {
        if (pingNanos.isEmpty()) {
            return Check.ROUND_TRIP.skipped(where, "PING got no answer");
        }
        List<Long> sorted = pingNanos.stream().sorted().toList();
        long median = sorted.get(sorted.size() / 2);
        long p99 = sorted.get(sorted.size() * 99 / 100);
        String seen = String.format(
                Locale.ROOT,
                "median %.3f ms, 99th percentile %.3f ms of %d; readTimeout is %d ms",
                millis(median),
                millis(p99),
                sorted.size(),
                readTimeout.toMillis());
        if (median >= readTimeout.toNanos()) {
            return Check.ROUND_TRIP.fault(
                    where, seen + ": most reads time out", "raise readTimeout, or move closer to the server");
        }
        boolean far = median > Math.max(NEAR_NANOS, readTimeout.toNanos() / MEDIAN_SHARE);
        if (far || p99 > readTimeout.toNanos() / P99_SHARE) {
            return Check.ROUND_TRIP.warning(
                    where,
                    seen,
                    "run in the server's network zone, look for slow commands (SLOWLOG GET) and for load on either"
                            + " machine, or raise readTimeout");
        }
        return Check.ROUND_TRIP.ok(where, seen);
    }

    static Finding clock(String where, @Nullable Long aheadMillis) {
        if (aheadMillis == null) {
            return Check.CLOCK.skipped(where, "TIME may not be asked: +time for the user lets it be seen");
        }
        long distance = Math.abs(aheadMillis);
        String seen = "the server's clock is " + distance + " ms " + (aheadMillis < 0 ? "behind" : "ahead of")
                + " this machine's";
        String remedy = "synchronize both clocks (NTP): dates of entries are compared between machines";
        if (distance > CLOCK_FAULT_MILLIS) {
            return Check.CLOCK.fault(where, seen, remedy);
        }
        return distance > CLOCK_WARNING_MILLIS ? Check.CLOCK.warning(where, seen, remedy) : Check.CLOCK.ok(where, seen);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
