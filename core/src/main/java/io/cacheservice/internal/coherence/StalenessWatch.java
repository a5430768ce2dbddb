package io.cacheservice.internal.coherence;

import io.cacheservice.CoherenceSamples;
import io.cacheservice.LatencySummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Judges comparisons of local copies with Redis, and follows the copies that were stale until no read can be given them.
 *
 * <p>A copy that differed from what Redis said is stale only if it is still usable once the answer is here: else the change
 * was heard meanwhile, as it should be. From then on it is looked at again and again. It was stale from when it was found so
 * until it was last seen usable, at least: nobody knows how long it had been before it was picked. One that is still usable
 * after {@code maxStaleness} is compared once more; if it still differs, the promise is broken.
 *
 * <p>Decisions and bookkeeping, no I/O. Safe for use by many threads.
 */
public final class StalenessWatch {
    /** More are not followed at once: the one that has been followed longest is let go. */
    static final int MOST_FOLLOWED = 1_000;

    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final LongConsumer measured;
    private final Map<LocalCopy<?>, Followed> followed = new LinkedHashMap<>();
    private long compared;
    private long undecided;
    private long stale;
    private long violations;
    private long longestNanos;

    /** @param measured told how long each stale copy was, in nanoseconds, when no read can be given it any more */
    public StalenessWatch(LongConsumer measured) {
        this.measured = measured;
    }

    private static final class Followed {
        private final Sample sample;
        private final long sinceNanos;
        private long seenUsableNanos;
        private long times = 1;
        private boolean askedAgain;
        private boolean violates;

        Followed(Sample sample, long nowNanos) {
            this.sample = sample;
            this.sinceNanos = nowNanos;
            this.seenUsableNanos = nowNanos;
        }

        long staleNanos() {
            return seenUsableNanos - sinceNanos;
        }

        /** So that its end is noticed within an eighth of what is measured. */
        long pauseNanos(long nowNanos) {
            long eighth = (nowNanos - sinceNanos) / 8;
            return violates
                    ? LONGEST_PAUSE_NANOS
                    : Math.max(SHORTEST_PAUSE_NANOS, Math.min(LONGEST_PAUSE_NANOS, eighth));
        }
    }

    /** {@code sample}, which was usable when Redis was asked, was compared with the answer that has just come. */
    public synchronized void compared(Sample sample, Comparison comparison, long nowNanos) {
        if (comparison == Comparison.SAME) {
            compared++;
            letGo(sample);
        } else if (comparison == Comparison.UNTOLD || !sample.isUsable(nowNanos)) {
            undecided++;
        } else {
            compared++;
            stale++;
            follow(sample, nowNanos);
        }
    }

    private void follow(Sample sample, long nowNanos) {
        Followed known = followed.get(sample.copy());
        if (known == null) {
            if (followed.size() == MOST_FOLLOWED) {
                letGo(followed.values().iterator().next().sample);
            }
            followed.put(sample.copy(), new Followed(sample, nowNanos));
            return;
        }
        known.times++;
        violations += known.violates ? 1 : 0;
    }

    /**
     * Looks at the stale copies, and forgets those that no read can be given.
     *
     * @return those that have been stale for longer than allowed, to be compared once more: see {@link #comparedAgain}
     */
    public synchronized List<Sample> look(long nowNanos) {
        List<Sample> overdue = new ArrayList<>();
        for (Iterator<Followed> all = followed.values().iterator(); all.hasNext(); ) {
            Followed each = all.next();
            if (!each.sample.isUsable(nowNanos)) {
                all.remove();
                measured.accept(each.staleNanos());
                continue;
            }
            each.seenUsableNanos = nowNanos;
            longestNanos = Math.max(longestNanos, each.staleNanos());
            if (!each.violates && !each.askedAgain && each.staleNanos() > each.sample.maxStalenessNanos()) {
                each.askedAgain = true;
                overdue.add(each.sample);
            }
        }
        return overdue;
    }

    /** One that was overdue was compared with the answer that has just come; answers whether the promise is broken. */
    public synchronized boolean comparedAgain(Sample sample, Comparison comparison, long nowNanos) {
        Followed known = followed.get(sample.copy());
        if (known == null) {
            return false;
        }
        known.askedAgain = false;
        if (comparison == Comparison.SAME) {
            letGo(sample);
        } else if (comparison == Comparison.DIFFERENT && sample.isUsable(nowNanos)) {
            known.violates = true;
            violations += known.times;
        }
        return known.violates;
    }

    private void letGo(Sample sample) {
        Followed known = followed.remove(sample.copy());
        if (known != null) {
            measured.accept(known.staleNanos());
        }
    }

    /** How long to wait before the next {@link #look}; empty: there is nothing to look at. */
    public synchronized OptionalLong pauseNanos(long nowNanos) {
        return followed.values().stream()
                .mapToLong(each -> each.pauseNanos(nowNanos))
                .min();
    }

    /** What was found since the start. */
    public synchronized CoherenceSamples samples(LatencySummary staleness) {
        return new CoherenceSamples(
                compared, undecided, stale, violations, followed.size(), staleness, Duration.ofNanos(longestNanos));
    }
}
