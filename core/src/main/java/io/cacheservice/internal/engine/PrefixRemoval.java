package io.cacheservice.internal.engine;

import io.cacheservice.BatchOutcome;
import io.cacheservice.CacheException;
import io.cacheservice.KeyPage;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.cacheservice.StoredEntries;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.futures.Delivery;
import io.cacheservice.internal.futures.Futures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One removal by prefix: lists the keys page by page and has each page removed piece by piece, as fast as its pace allows.
 * Holds one page at a time, of about a second's keys, so that what is removed was listed a moment ago.
 */
final class PrefixRemoval {
    private static final int MOST_PAGE_KEYS = 1_000;

    /** Smaller pages would cost Redis a command for every few of the keys that it has and are not looked for. */
    private static final int FEWEST_PAGE_KEYS = StoredEntries.PAGE_KEYS;

    /** For so long a page that cannot be listed is asked for again, so that a failover does not end a long removal. */
    private static final long LISTING_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long AFTER_FAILED_LISTING_MILLIS = 250;

    private final String prefix;
    private final ListedEntries entries;
    private final Function<List<String>, CompletableFuture<BatchOutcome>> removal;
    private final Consumer<? super PrefixRemovalReport> progress;
    private final TimeSource time;
    private final Pace pace;
    private final BackgroundJob<PrefixRemovalReport> job;
    private final Map<String, CacheException> failures = new LinkedHashMap<>();
    private final List<KeyPage.Unlisted> unlisted = new ArrayList<>();
    private long removed;
    private long queued;
    private long failed;

    /** @param removal removes keys through the engine */
    PrefixRemoval(
            String prefix,
            ListedEntries entries,
            Function<List<String>, CompletableFuture<BatchOutcome>> removal,
            PrefixRemovalOptions options,
            Consumer<? super PrefixRemovalReport> progress,
            TimeSource time,
            BackgroundJob<PrefixRemovalReport> job) {
        this.prefix = prefix;
        this.entries = entries;
        this.removal = removal;
        this.progress = progress;
        this.time = time;
        this.pace = new Pace(options.keysPerSecond(), time.nanoTime());
        this.job = job;
    }

    CompletableFuture<PrefixRemovalReport> run() {
        job.goOn(() -> goOnAt(null));
        return job.report();
    }

    private void goOnAt(@Nullable String cursor) {
        list(cursor, time.nanoTime());
    }

    private void list(@Nullable String cursor, long firstAskedNanos) {
        Futures.onEnd(entries.page(prefix, cursor, pageKeys()), (page, failure) -> {
            if (page != null) {
                job.goOn(() -> take(page));
            } else if (Delivery.mayBeOwed(Futures.unwrap(failure))
                    && time.nanoTime() - firstAskedNanos < LISTING_NANOS) {
                job.goOnAfter(AFTER_FAILED_LISTING_MILLIS, () -> list(cursor, firstAskedNanos));
            } else {
                job.fail(Futures.unwrap(failure));
            }
        });
    }

    private int pageKeys() {
        return Math.max(FEWEST_PAGE_KEYS, pace.keysInASecond(MOST_PAGE_KEYS));
    }

    private void take(KeyPage page) {
        unlisted.addAll(page.unlisted());
        if (page.keys().isEmpty()) {
            progress.accept(soFar());
        }
        remove(page.keys().stream().distinct().toList(), 0, page.next());
    }

    /** Removes the keys from the index {@code from} on, and then those of the next page. */
    private void remove(List<String> keys, int from, @Nullable String next) {
        if (from < keys.size()) {
            removeInTime(keys, from, next);
        } else if (next != null) {
            goOnAt(next);
        } else {
            job.end(soFar());
        }
    }

    private void removeInTime(List<String> keys, int from, @Nullable String next) {
        long pauseMillis = pace.pauseMillis(time.nanoTime());
        if (pauseMillis > 0) {
            job.goOnAfter(pauseMillis, () -> removeInTime(keys, from, next));
            return;
        }
        int to = Math.min(keys.size(), from + pace.keysAtOnce(MOST_PAGE_KEYS));
        pace.went(to - from, time.nanoTime());
        job.goOnWith(removal.apply(keys.subList(from, to)), outcome -> {
            count(outcome);
            progress.accept(soFar());
            remove(keys, to, next);
        });
    }

    private void count(BatchOutcome outcome) {
        removed += outcome.applied();
        queued += outcome.queued();
        failed += outcome.failures().size();
        outcome.failures().forEach((key, failure) -> {
            if (failures.size() < PrefixRemovalReport.MOST_FAILURES) {
                failures.put(key, failure);
            }
        });
    }

    private PrefixRemovalReport soFar() {
        return new PrefixRemovalReport(removed, queued, failed, failures, unlisted);
    }
}
