package io.cacheservice.redis.histories;

import io.cacheservice.Cache;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.Refresh;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.redis.histories.Row.Style;
import io.cacheservice.testkit.history.HistoryRecorder;
import io.cacheservice.testkit.history.Operation;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The caches under test that load: what is done through a service, recorded. */
final class RowCaches {
    private final Map<Style, Cache<String, Long>> caches = new EnumMap<>(Style.class);
    private final Map<String, Row> rows;
    private final HistoryRecorder recorder;
    private final RowLoaders loaders;
    private final Source source;
    private final DeafCopies copies;
    private final boolean naive;

    RowCaches(CacheService service, HistoryRecorder recorder, RowLoaders loaders, Source source, RunOptions options) {
        this.recorder = recorder;
        this.loaders = loaders;
        this.source = source;
        copies = new DeafCopies(options.deafCopies());
        naive = options.naiveFills();
        rows = Row.all(options).stream().collect(Collectors.toMap(Row::name, row -> row));
        caches.put(
                Style.LASTING,
                service.cache(Style.LASTING.cacheName(), Long.class)
                        .ttl(Duration.ofHours(1))
                        .nullTtl(Duration.ofMinutes(1))
                        .loadTimeout(options.longLoadTimeout())
                        .loader((name, context) -> loaders.load(row(name), context))
                        .tags((name, version) ->
                                Set.of(row(name).ownTag(), row(name).ownerTag()))
                        .open());
        caches.put(
                Style.PASSING,
                service.cache(Style.PASSING.cacheName(), Long.class)
                        .ttl(Duration.ofMillis(700))
                        .failSafe(Duration.ofSeconds(20))
                        .softTimeout(Duration.ofMillis(30))
                        .hardTimeout(Duration.ofMillis(400))
                        .errorTtl(Duration.ofMillis(20))
                        .refresh(Refresh.xfetch())
                        .loadTimeout(options.loadTimeout())
                        .loader((name, context) -> loaders.load(row(name), context))
                        .open());
        caches.put(
                Style.SLIDING,
                service.cache(Style.SLIDING.cacheName(), Long.class)
                        .ttl(Duration.ofMinutes(1))
                        .slidingTtl(Duration.ofMillis(1_500))
                        .nullTtl(Duration.ofMillis(500))
                        .loadTimeout(options.loadTimeout())
                        .loader((name, context) -> loaders.load(row(name), context))
                        .tags((name, version) ->
                                Set.of(row(name).ownTag(), row(name).ownerTag()))
                        .open());
        caches.put(
                Style.BULK,
                service.cache(Style.BULK.cacheName(), Long.class)
                        .ttl(Duration.ofSeconds(5))
                        .loadTimeout(options.loadTimeout())
                        .bulkLoader(loaders::loadAll)
                        .tags((name, version) ->
                                Set.of(row(name).ownTag(), row(name).ownerTag()))
                        .open());
    }

    private Row row(String name) {
        Row row = rows.get(name);
        if (row == null) {
            throw new IllegalArgumentException(name + " is no row of this run");
        }
        return row;
    }

    private Cache<String, Long> cache(Row row) {
        Cache<String, Long> cache = caches.get(row.style());
        if (cache == null) {
            throw new IllegalStateException("no cache for " + row);
        }
        return cache;
    }

    void read(Row row) {
        recorder.read(row.name(), () -> copies.read(row.name(), () -> lookup(row)), Long::longValue);
    }

    void finalRead(Row row) {
        recorder.finalRead(row.name(), () -> cache(row).lookup(row.name()), Long::longValue);
    }

    void readAll(List<Row> some) {
        List<String> names = some.stream().map(Row::name).toList();
        recorder.readAll(() -> cache(some.get(0)).lookupAll(names), Long::longValue);
    }

    private Lookup<Long> lookup(Row row) {
        return naive ? lookUpNaively(row) : cache(row).lookup(row.name());
    }

    /** As a program does that puts what it has loaded: what a run must find. */
    private Lookup<Long> lookUpNaively(Row row) {
        Lookup<Long> found = cache(row).lookup(row.name(), ReadOptions.noLoad());
        if (found.isHit()) {
            return found;
        }
        try {
            long version = loaders.load(row);
            if (version == Operation.ABSENT) {
                return new Lookup.Absent<>(Tier.SOURCE, Reason.LOADED);
            }
            cache(row).put(row.name(), version);
            return new Lookup.Hit<>(
                    version,
                    Tier.SOURCE,
                    Duration.ZERO,
                    Optional.empty(),
                    false,
                    Reason.LOADED,
                    Optional.empty(),
                    Optional.empty());
        } catch (CacheException e) {
            throw e;
        } catch (Exception e) {
            throw new SourceException(row.name(), e);
        }
    }

    /** Changes or removes a row, and then does what is to end what is cached of it. */
    WriteOutcome change(Row row, long version, boolean removes, Invalidation how) {
        copies.remove(row.name());
        Supplier<WriteOutcome> both = () -> {
            source.change(row, version, removes);
            return invalidateWithOthers(row, version, how);
        };
        return removes
                ? recorder.removeFromSource(row.name(), version, both)
                : recorder.changeSource(row.name(), version, both);
    }

    private WriteOutcome invalidateWithOthers(Row row, long version, Invalidation how) {
        long start = System.nanoTime();
        Outcome outcome = Outcome.UNKNOWN;
        try {
            WriteOutcome answer = invalidate(row, version, how);
            outcome = answer == WriteOutcome.APPLIED ? Outcome.APPLIED : Outcome.UNKNOWN;
            return answer;
        } finally {
            for (Row other : rows.values()) {
                if (!other.equals(row) && how.reaches(row, other)) {
                    recorder.hasInvalidated(other.name(), start, outcome);
                }
            }
        }
    }

    private WriteOutcome invalidate(Row row, long version, Invalidation invalidation) {
        Cache<String, Long> cache = cache(row);
        return switch (invalidation) {
            case DELETE -> cache.invalidate(row.name());
            case PUT -> cache.put(row.name(), version);
            case OWN_TAG -> cache.invalidateTag(row.ownTag());
            case OWNER_TAG -> cache.invalidateTag(row.ownerTag());
            case CLEAR -> cache.clear();
            case FOREIGN_DELETE, FOREIGN_SET -> throw new IllegalArgumentException(invalidation + " is for others");
        };
    }
}
