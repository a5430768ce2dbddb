package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.BatchLookup;
import io.cacheservice.BulkLoader;
import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.KeyCodec;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import io.cacheservice.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many typed keys in one call. */
abstract class TypedBatchContract extends TierContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Set<Long>> questions = new CopyOnWriteArrayList<>();

    private CacheBuilder<Long, City> cities() {
        return service()
                .cache("cities", KeyCodec.longs(), TypeRef.of(City.class))
                .codec(new City.Codec())
                .ttl(LIFE);
    }

    /** Knows Bern, Rome and Oslo. */
    private Map<Long, City> table(Set<Long> ids) {
        questions.add(Set.copyOf(ids));
        Map<Long, City> rows = new HashMap<>();
        for (City city : List.of(City.BERN, City.ROME, City.OSLO)) {
            if (ids.contains(city.id())) {
                rows.put(city.id(), city);
            }
        }
        return rows;
    }

    @Test
    void valuesComeInRequestOrderAndAbsentOnesAreLeftOut() {
        Cache<Long, City> cities = cities().open();
        cities.putAll(Map.of(1L, City.BERN, 2L, City.ROME, 3L, City.OSLO));

        Map<Long, City> read = cities.getAll(List.of(3L, 9L, 1L, 3L, 2L));

        assertThat(read).containsExactly(Map.entry(3L, City.OSLO), Map.entry(1L, City.BERN), Map.entry(2L, City.ROME));
    }

    @Test
    void theAnswersCannotBeModified() {
        Cache<Long, City> cities = cities().open();
        cities.put(1L, City.BERN);
        Map<Long, City> values = cities.getAll(List.of(1L));
        Map<Long, Lookup<City>> lookups = cities.lookupAll(List.of(1L));

        assertThatThrownBy(values::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(lookups::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anEmptyQuestionAsksNobody() {
        Cache<Long, City> cities = cities().bulkLoader(this::table).open();

        assertThat(cities.getAll(List.of())).isEmpty();
        assertThat(cities.lookupAll(List.of())).isEmpty();
        assertThat(questions).isEmpty();
    }

    @Test
    void aBulkLoaderIsAskedOnceForAllThatIsMissing() {
        Cache<Long, City> cities = cities().bulkLoader(this::table).open();
        cities.put(2L, City.ROME);

        Map<Long, City> read = cities.getAll(List.of(3L, 2L, 1L));

        assertThat(read).containsExactly(Map.entry(3L, City.OSLO), Map.entry(2L, City.ROME), Map.entry(1L, City.BERN));
        assertThat(questions).containsExactly(Set.of(1L, 3L));
    }

    @Test
    void whatABulkLoaderFoundIsKept() {
        Cache<Long, City> cities = cities().bulkLoader(this::table).open();
        cities.getAll(List.of(1L, 2L));

        assertThat(cities.getAll(List.of(1L, 2L))).hasSize(2);
        assertThat(cities.getIfPresent(1L)).isEqualTo(City.BERN);
        assertThat(questions).hasSize(1);
    }

    @Test
    void keysThatABulkLoaderLeavesOutHaveNoValue() {
        Cache<Long, City> cities = cities().bulkLoader(this::table).open();

        assertThat(cities.getAll(List.of(1L, 9L))).containsOnlyKeys(1L);
        assertThat(cities.getAll(List.of(1L, 9L))).containsOnlyKeys(1L);
        assertThat(questions).containsExactly(Set.of(1L, 9L), Set.of(9L));
    }

    @Test
    void withANullTtlKeysThatABulkLoaderLeavesOutAreRemembered() {
        Cache<Long, City> cities =
                cities().nullTtl(LIFE).bulkLoader(this::table).open();
        cities.getAll(List.of(1L, 9L));

        assertThat(cities.getAll(List.of(1L, 9L))).containsOnlyKeys(1L);
        assertThat(cities.lookup(9L).isHit()).isTrue();
        assertThat(questions).hasSize(1);
    }

    @Test
    void keysThatNobodyAskedForAreIgnored() {
        Cache<Long, City> cities =
                cities().bulkLoader(ids -> Map.of(1L, City.BERN, 2L, City.ROME)).open();

        assertThat(cities.getAll(List.of(1L))).containsOnlyKeys(1L);
        assertThat(cities.lookupAll(List.of(1L))).containsOnlyKeys(1L);
    }

    @Test
    void aListInAnyOrderServesAsABulkLoader() {
        Cache<Long, City> cities = cities().bulkLoader(
                        BulkLoader.fromList(ids -> List.of(City.OSLO, City.BERN), City::id))
                .open();

        assertThat(cities.getAll(List.of(1L, 3L))).containsExactly(Map.entry(1L, City.BERN), Map.entry(3L, City.OSLO));
    }

    @Test
    void aSingleReadUsesTheBulkLoaderWhenThereIsNoOther() {
        Cache<Long, City> cities = cities().bulkLoader(this::table).open();

        assertThat(cities.get(1L)).isEqualTo(City.BERN);
        assertThat(questions).containsExactly(Set.of(1L));
    }

    @Test
    void aSingleReadPrefersTheSingleLoader() {
        Cache<Long, City> cities =
                cities().loader(id -> City.ROME).bulkLoader(this::table).open();

        assertThat(cities.get(2L)).isEqualTo(City.ROME);
        assertThat(questions).isEmpty();
    }

    @Test
    void withoutABulkLoaderTheLoaderIsAskedForEachThatIsMissing() {
        RecordingLoader<Long, City> loader =
                new RecordingLoader<>(id -> table(Set.of(id)).get(id));
        Cache<Long, City> cities = cities().loader(loader).open();
        cities.put(2L, City.ROME);

        assertThat(cities.getAll(List.of(1L, 2L, 9L)).keySet()).containsExactly(1L, 2L);
        assertThat(loader.keys()).containsExactlyInAnyOrder(1L, 9L);
    }

    @Test
    void aBulkLoaderThatFailsFailsTheRead() {
        Cache<Long, City> cities = cities().bulkLoader(ids -> {
                    throw new IllegalStateException("no database");
                })
                .open();

        assertThatThrownBy(() -> cities.getAll(List.of(1L, 2L)))
                .isInstanceOf(SourceException.class)
                .hasRootCauseMessage("no database");
        assertThat(cities.getIfPresent(1L)).isNull();
    }

    @Test
    void aBulkLoaderThatFailsKeepsWhatIsCachedFromNobodyWhoLooksAtEachKey() {
        Cache<Long, City> cities = cities().bulkLoader(ids -> {
                    throw new IllegalStateException("no database");
                })
                .open();
        cities.put(2L, City.ROME);

        BatchLookup<Long, City> each = cities.lookupEach(List.of(1L, 2L, 3L, 1L));

        assertThat(each.lookups().keySet()).containsExactly(2L);
        assertThat(each.lookups().get(2L)).returns(City.ROME, Lookup::valueOrNull);
        assertThat(each.failures().keySet()).containsExactly(1L, 3L);
        assertThat(each.failures().values())
                .allSatisfy(failure ->
                        assertThat(failure).isInstanceOf(SourceException.class).hasRootCauseMessage("no database"));
        assertThat(cities.async().lookupEach(List.of(2L)))
                .succeedsWithin(PATIENCE)
                .returns(true, BatchLookup::complete);
    }

    @Test
    void aBulkLoaderThatAnswersNullFailsTheRead() {
        Cache<Long, City> cities = cities().bulkLoader(ids -> Nulls.<Map<Long, City>>smuggled())
                .errorTtl(Duration.ZERO)
                .open();

        assertThat(cities.async().getAll(List.of(1L, 2L)))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(SourceException.class);
        assertThat(cities.get(1L, id -> City.BERN)).isEqualTo(City.BERN);
    }

    @Test
    void aBulkLoaderThatChangesItsQuestionLeavesNobodyWaiting() {
        Cache<Long, City> cities = cities().bulkLoader(ids -> {
                    ids.clear();
                    return Map.of();
                })
                .errorTtl(Duration.ZERO)
                .open();

        assertThat(cities.async().getAll(List.of(1L, 2L)).handle((values, error) -> "ended"))
                .succeedsWithin(PATIENCE);
        assertThat(cities.get(1L, id -> City.BERN)).isEqualTo(City.BERN);
    }

    @Test
    void aLookupOfManyHasAnOutcomeForEveryKey() {
        Cache<Long, City> cities = cities().bulkLoader(this::table).open();
        cities.put(2L, City.ROME);

        Map<Long, Lookup<City>> read = cities.lookupAll(List.of(9L, 2L, 1L));

        assertThat(read.keySet()).containsExactly(9L, 2L, 1L);
        assertThat(read.get(9L)).isEqualTo(new Lookup.Absent<City>(Tier.SOURCE, Reason.LOADED));
        assertThat(read.get(2L))
                .returns(City.ROME, Lookup::valueOrNull)
                .returns(tier().tier(), Lookup::tier)
                .returns(Reason.FOUND, Lookup::reason);
        assertThat(read.get(1L))
                .returns(City.BERN, Lookup::valueOrNull)
                .returns(Tier.SOURCE, Lookup::tier)
                .returns(Reason.LOADED, Lookup::reason);
    }

    @Test
    void aLookupOfManyWithoutALoaderNamesTheTierThatWasAsked() {
        Cache<Long, City> cities = cities().open();

        assertThat(cities.lookupAll(List.of(9L)))
                .containsExactly(Map.entry(9L, new Lookup.Absent<>(tier().tier(), Reason.NOT_FOUND)));
    }

    @Test
    void aBatchMayBeLargerThanAThousandKeys() {
        Cache<Long, City> cities = cities().bulkLoader(ids -> {
                    Map<Long, City> rows = new HashMap<>();
                    ids.forEach(id -> rows.put(id, new City(id, "city " + id, 1)));
                    return rows;
                })
                .open();
        List<Long> ids = new ArrayList<>(LongStream.range(0, 1_500).boxed().toList());

        assertThat(cities.getAll(ids).keySet()).containsExactlyElementsOf(ids);
        assertThat(cities.getIfPresent(1_499L)).isEqualTo(new City(1_499, "city 1499", 1));
    }
}
