package io.cacheservice.redis.histories;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.SourceException;
import io.cacheservice.WriteOutcome;
import io.cacheservice.redis.histories.Row.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One thread's part where rows are loaded: changes its own, and reads everybody's. */
final class RowActor implements Steps {
    private static final int HOT_ROWS = 10;
    private static final int MOST_AT_ONCE = 6;
    private static final int CHANGES_IN_1000 = 40;
    private static final int MOST_TRIES = 200;
    private static final long BETWEEN_TRIES_NANOS = 50_000_000;

    private final SplittableRandom random;
    private final List<Row> own;
    private final List<Row> all;
    private final List<Row> bulk;
    private final long firstVersion;
    private final RowCaches caches;
    private final Source source;
    private final ForeignCalls foreign;
    private final Consumer<RuntimeException> undocumented;
    private final Map<Row, Long> versions = new HashMap<>();
    /** Those of which an older version may still arrive in Redis, as long as the same process has not removed it there. */
    private final Set<Row> uncertain = new HashSet<>();

    RowActor(
            SplittableRandom random,
            List<Row> own,
            List<Row> all,
            long firstVersion,
            RowCaches caches,
            Source source,
            ForeignCalls foreign,
            Consumer<RuntimeException> undocumented) {
        this.random = random;
        this.own = own;
        this.all = all;
        this.bulk = all.stream().filter(row -> row.style() == Style.BULK).toList();
        this.firstVersion = firstVersion;
        this.caches = caches;
        this.source = source;
        this.foreign = foreign;
        this.undocumented = undocumented;
    }

    @Override
    public void step() {
        try {
            if (random.nextInt(1_000) < CHANGES_IN_1000) {
                change(own.get(random.nextInt(own.size())));
            } else if (random.nextInt(8) == 0) {
                caches.readAll(someOfBulk());
            } else {
                caches.read(any(all));
            }
        } catch (CacheConnectionException | CacheTimeoutException | CacheMemoryException | SourceException e) {
            // Documented; recorded, with what is known of the outcome.
        } catch (RuntimeException e) {
            undocumented.accept(e);
        }
    }

    private Row any(List<Row> rows) {
        boolean hot = random.nextBoolean();
        return rows.get(random.nextInt(hot ? Math.min(HOT_ROWS, rows.size()) : rows.size()));
    }

    private List<Row> someOfBulk() {
        Set<Row> some = new LinkedHashSet<>();
        int count = 1 + random.nextInt(MOST_AT_ONCE);
        for (int i = 0; i < count; i++) {
            some.add(any(bulk));
        }
        return new ArrayList<>(some);
    }

    private void change(Row row) {
        // nothing is remembered of a bulk row that is not there with tags
        boolean removes = row.style() != Style.BULK && random.nextInt(10) == 0;
        Invalidation how = uncertain.contains(row) ? Invalidation.DELETE : invalidation(row, removes);
        if (how.isForeign()) {
            foreign.invalidate(row, next(row), removes, how, source);
            return;
        }
        if (how == Invalidation.PUT) {
            uncertain.add(row);
        }
        WriteOutcome outcome = caches.change(row, next(row), removes, how);
        if (outcome == WriteOutcome.APPLIED && (how == Invalidation.PUT || how == Invalidation.DELETE)) {
            uncertain.remove(row);
        }
    }

    private Invalidation invalidation(Row row, boolean removes) {
        int what = random.nextInt(200);
        if (what < 3) {
            return Invalidation.CLEAR;
        }
        if (what < 40) {
            return Invalidation.FOREIGN_DELETE;
        }
        if (what < 50) {
            return Invalidation.FOREIGN_SET;
        }
        if (what < 90) {
            return Invalidation.OWN_TAG;
        }
        if (what < 110) {
            return Invalidation.OWNER_TAG;
        }
        boolean puts = what < 140 && !removes && row.style() != Style.PASSING; // whose tags only its loader knows
        return puts ? Invalidation.PUT : Invalidation.DELETE;
    }

    /** Changes every row once more, and sees to it that everybody hears of it. */
    @Override
    public void last() {
        for (Row row : own) {
            for (int i = 0; i < MOST_TRIES && !isLastHeardOf(row); i++) {
                LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
            }
        }
    }

    private boolean isLastHeardOf(Row row) {
        try {
            return caches.change(row, next(row), false, Invalidation.DELETE) == WriteOutcome.APPLIED;
        } catch (CacheConnectionException | CacheTimeoutException e) {
            return false; // Redis has just come back
        }
    }

    private long next(Row row) {
        return versions.merge(row, firstVersion, (before, first) -> before + 1);
    }
}
