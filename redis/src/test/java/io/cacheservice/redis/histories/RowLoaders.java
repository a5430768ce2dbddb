package io.cacheservice.redis.histories;

import io.cacheservice.LoadContext;
import io.cacheservice.redis.histories.Row.Style;
import io.cacheservice.testkit.history.HistoryRecorder;
import io.cacheservice.testkit.history.Operation;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ask the source for rows, well or badly, and record it. Safe for use by many threads. */
final class RowLoaders {
    private final Source source;
    private final HistoryRecorder recorder;
    private final RunOptions options;
    private final Duration bulkTimeLeft;
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean behaved;

    /** @param bulkTimeLeft how long a bulk load surely may take when it begins; nobody tells it */
    RowLoaders(Source source, HistoryRecorder recorder, RunOptions options, Duration bulkTimeLeft) {
        this.source = source;
        this.recorder = recorder;
        this.options = options;
        this.bulkTimeLeft = bulkTimeLeft;
    }

    /** From now on every call behaves well. */
    void behave() {
        behaved = true;
    }

    /** Loads one row. */
    @Nullable
    Long load(Row row, LoadContext<Long> context) throws Exception {
        Conduct conduct = conduct(row.style());
        Long version = found(List.of(row.name()), context.timeLeft(), conduct).get(row.name());
        // of nothing too, which no policy can name tags of
        context.tag(row.ownTag());
        context.tag(row.ownerTag());
        conduct.moreTags().forEach(context::tag);
        if (!conduct.ttl().isZero()) {
            context.ttl(conduct.ttl());
        }
        if (!conduct.isCached()) {
            context.doNotCache();
        }
        boolean isTheSame = version != null && version.equals(context.previous().orElse(null));
        return isTheSame && conduct.saysNotModified() ? context.notModified() : version;
    }

    /** Loads one row as a program does that knows of no leases. */
    long load(Row row) throws Exception {
        return found(List.of(row.name()), bulkTimeLeft, conduct(row.style()))
                .getOrDefault(row.name(), Operation.ABSENT);
    }

    /** Loads many rows. */
    Map<String, Long> loadAll(Set<String> names) throws Exception {
        return found(List.copyOf(names), bulkTimeLeft, conduct(Style.BULK));
    }

    private Conduct conduct(Style style) {
        return behaved
                ? Conduct.GOOD
                : Conduct.of(
                        style,
                        new SplittableRandom(options.seed() * 1_000_003 + calls.incrementAndGet()),
                        options.tags());
    }

    private Map<String, Long> found(List<String> names, Duration timeLeft, Conduct conduct) throws Exception {
        long start = System.nanoTime();
        Map<String, Long> versions = Map.of();
        Outcome outcome = Outcome.FAILED;
        try {
            pause(conduct.before(), conduct);
            versions = source.versions(names);
            pause(conduct.after(), conduct);
            if (conduct.fails()) {
                throw new IOException("the source does not answer today");
            }
            outcome = Outcome.APPLIED;
            return versions;
        } finally {
            for (String name : names) {
                recorder.hasLoaded(name, versions.getOrDefault(name, Operation.ABSENT), timeLeft, start, outcome);
            }
        }
    }

    private static void pause(Duration time, Conduct conduct) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        Supplier<Long> left = () -> end - System.nanoTime();
        while (left.get() > 0) {
            LockSupport.parkNanos(left.get());
            if (Thread.interrupted() && conduct.heedsInterrupts()) {
                throw new InterruptedException("its time is up");
            }
        }
    }
}
