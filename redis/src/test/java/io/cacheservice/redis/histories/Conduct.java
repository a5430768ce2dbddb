package io.cacheservice.redis.histories;

import io.cacheservice.redis.histories.Row.Style;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How one call of a loader behaves.
 *
 * @param before how long it takes before it looks at the row
 * @param after how long it takes after that
 * @param heedsInterrupts whether it ends when it is told that its time is up
 * @param fails whether it throws instead of answering
 * @param isCached whether its result may be kept
 * @param ttl the life that it gives to its result; zero: the cache's
 * @param saysNotModified whether it says so where the row is what it was
 * @param moreTags tags of its own; most of them no process has ever heard of
 */
record Conduct(
        Duration before,
        Duration after,
        boolean heedsInterrupts,
        boolean fails,
        boolean isCached,
        Duration ttl,
        boolean saysNotModified,
        List<String> moreTags) {
    /** At its best: as when all faults are over. */
    static final Conduct GOOD =
            new Conduct(Duration.ZERO, Duration.ZERO, true, false, true, Duration.ZERO, false, List.of());

    /** @param tags how many there are that a result may have besides its own */
    static Conduct of(Style style, SplittableRandom random, int tags) {
        Duration pause = pause(style, random);
        boolean first = random.nextInt(3) == 0;
        return new Conduct(
                first ? pause : Duration.ZERO,
                first ? Duration.ZERO : pause,
                random.nextBoolean(),
                random.nextInt(100) < 2,
                random.nextInt(100) >= 2,
                random.nextInt(5) == 0 ? Duration.ofMillis(50 + random.nextInt(2_000)) : Duration.ZERO,
                random.nextBoolean(),
                random.nextInt(10) == 0 ? List.of("any:" + random.nextInt(tags)) : List.of());
    }

    private static Duration pause(Style style, SplittableRandom random) {
        int what = random.nextInt(100);
        if (what < 88) {
            return Duration.ofMillis(random.nextInt(3));
        }
        if (what < 97) {
            return Duration.ofMillis(5 + random.nextInt(200));
        }
        return Duration.ofMillis(style == Style.LASTING ? 1_000 + random.nextInt(1_800) : 500 + random.nextInt(1_000));
    }
}
