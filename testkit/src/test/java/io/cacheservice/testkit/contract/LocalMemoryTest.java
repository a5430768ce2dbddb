package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.EvictionCause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound of the local tier, in bytes, and what happens at it. */
final class LocalMemoryTest extends TierContract {
    private static final long BOUND = 1 << 20;
    private static final int VALUE_BYTES = 1_000;

    @Override
    protected TierFixture openFixture() {
        return new LocalTierFixture();
    }

    private CacheService bounded() {
        return open(settings -> settings.maxMemory(BOUND));
    }

    private CacheService neverEvicting() {
        return open(settings -> settings.maxMemory(BOUND).maxMemoryPolicy("noeviction"));
    }

    private static void fill(CacheService service, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            service.set(prefix + i, new byte[VALUE_BYTES], LIFE);
        }
    }

    /** How many values were stored before the first was refused. */
    private static int fillUntilRefused(CacheService service) {
        for (int i = 0; i < 10_000; i++) {
            try {
                service.set("k" + i, new byte[VALUE_BYTES], LIFE);
            } catch (CacheMemoryException e) {
                return i;
            }
        }
        throw new AssertionError("ten times the bound was stored");
    }

    private static long evictedForRoom(CacheService service) {
        return service.stats().evictions().getOrDefault(EvictionCause.SIZE, 0L);
    }

    private static void awaitWithinTheBound(CacheService service) {
        await().untilAsserted(() -> assertThat(service.stats().localBytes()).isLessThanOrEqualTo(BOUND));
    }

    @Test
    void theBoundIsReported() {
        assertThat(bounded().stats().localMaxBytes()).isEqualTo(BOUND);
    }

    @Test
    void entriesAreEvictedUntilTheRestFits() {
        CacheService service = bounded();
        fill(service, "k", 5_000);
        awaitWithinTheBound(service);

        CacheStats stats = service.stats();
        assertThat(stats.localBytes()).isPositive();
        assertThat(stats.localEntries()).isPositive().isLessThan(BOUND / VALUE_BYTES);
        assertThat(evictedForRoom(service)).isPositive();
        assertThat(stats.evictedBytes()).isGreaterThanOrEqualTo(evictedForRoom(service) * VALUE_BYTES);
    }

    @Test
    void whatWasStoredIsThereOrWasEvictedAndCounted() {
        CacheService service = bounded();
        fill(service, "k", 5_000);
        awaitWithinTheBound(service);

        await().untilAsserted(() -> assertThat(service.stats().localEntries() + evictedForRoom(service))
                .isEqualTo(5_000));
    }

    @Test
    void aSmallSetOfEntriesIsNotEvicted() {
        CacheService service = bounded();
        fill(service, "k", 100);

        for (int i = 0; i < 100; i++) {
            assertThat(service.get("k" + i)).isNotNull();
        }
        assertThat(evictedForRoom(service)).isZero();
        assertThat(service.stats().localEntries()).isEqualTo(100);
        assertThat(service.stats().localBytes()).isGreaterThanOrEqualTo(100L * VALUE_BYTES);
    }

    @Test
    void bytesAreGivenBackWhenEntriesGo() {
        CacheService service = bounded();
        fill(service, "k", 100);
        for (int i = 0; i < 100; i++) {
            service.delete("k" + i);
        }

        await().untilAsserted(() -> {
            assertThat(service.stats().localBytes()).isZero();
            assertThat(service.stats().localEntries()).isZero();
        });
    }

    @Test
    void aLargerValueInThePlaceOfASmallerOneIsCounted() {
        CacheService service = bounded();
        service.set("k", new byte[10], LIFE);
        long small = service.stats().localBytes();
        service.set("k", new byte[10_010], LIFE);

        await().untilAsserted(() -> assertThat(service.stats().localBytes()).isEqualTo(small + 10_000));
    }

    @Test
    void expiredEntriesAreCountedAsExpiredOnce() {
        CacheService service = bounded();
        service.set("k", bytes("value"), SECOND);
        advance(SECOND.plus(SECOND));
        service.get("k");
        service.get("k");

        await().untilAsserted(() -> assertThat(service.stats().evictions()).containsEntry(EvictionCause.EXPIRED, 1L));
        assertThat(evictedForRoom(service)).isZero();
    }

    @Test
    void severalCachesShareTheOneBound() {
        CacheService service = bounded();
        Cache<String, String> first = open(service, "first");
        Cache<String, String> second = open(service, "second");
        for (int i = 0; i < 2_000; i++) {
            first.put("k" + i, "x".repeat(VALUE_BYTES));
            second.put("k" + i, "x".repeat(VALUE_BYTES));
        }
        awaitWithinTheBound(service);

        assertThat(service.stats().localBytes()).isPositive();
        assertThat(evictedForRoom(service)).isPositive();
    }

    @Test
    void noCacheStarvesWhileAnotherFloods() {
        CacheService service = bounded();
        Cache<String, String> small = open(service, "small");
        Cache<String, String> flood = open(service, "flood");
        for (int i = 0; i < 5_000; i++) {
            flood.put("k" + i, "x".repeat(VALUE_BYTES));
        }
        int found = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 10; i++) {
                if (small.getIfPresent("s" + i) == null) {
                    small.put("s" + i, "x".repeat(VALUE_BYTES));
                } else {
                    found++;
                }
                flood.put("k" + (5_000 + round * 10 + i), "x".repeat(VALUE_BYTES));
            }
        }

        assertThat(found).as("of 200 reads of ten hot keys").isGreaterThan(100);
    }

    @Test
    void noevictionRefusesWhatDoesNotFitAndNamesTheBound() {
        CacheService service = neverEvicting();
        fillUntilRefused(service);

        assertThatThrownBy(() -> service.set("one more", new byte[VALUE_BYTES], LIFE))
                .isInstanceOf(CacheMemoryException.class)
                .hasMessageContaining("maxMemory")
                .hasMessageContaining("noeviction");
        assertThat(service.get("one more")).isNull();
    }

    @Test
    void noevictionLosesNothing() {
        CacheService service = neverEvicting();
        int stored = fillUntilRefused(service);

        assertThat(stored).isBetween(500, 1_050);
        for (int i = 0; i < stored; i++) {
            assertThat(service.get("k" + i)).as("k" + i).isNotNull();
        }
        assertThat(evictedForRoom(service)).isZero();
        assertThat(service.stats().localBytes()).isLessThanOrEqualTo(BOUND);
    }

    @Test
    void noevictionTakesWritesAgainAfterRoomWasMade() {
        CacheService service = neverEvicting();
        fillUntilRefused(service);
        service.delete("k0");
        service.set("new", new byte[VALUE_BYTES - 100], LIFE);

        assertThat(service.get("new")).isNotNull();
    }

    @Test
    void noevictionTakesWritesAgainAfterEntriesExpired() {
        CacheService service = neverEvicting();
        fillUntilRefused(service);
        advance(LIFE.plus(SECOND).plus(SECOND)); // an entry is gone at its end, its bytes are free about a second later

        assertThat(fillUntilRefused(service)).isGreaterThan(500);
    }

    @Test
    void noevictionLeavesTheOldValueWhenALargerOneIsRefused() {
        CacheService service = neverEvicting();
        fillUntilRefused(service);

        assertThatThrownBy(() -> service.set("k0", new byte[100_000], LIFE)).isInstanceOf(CacheMemoryException.class);
        assertThat(service.get("k0")).isNotNull().hasSize(VALUE_BYTES);
    }

    @Test
    void noevictionReportsTheKeysOfABatchThatDidNotFit() {
        CacheService service = neverEvicting();
        Map<String, byte[]> entries = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            entries.put("k" + i, new byte[VALUE_BYTES]);
        }

        var outcome = service.setAll(entries, LIFE);

        assertThat(outcome.applied()).isBetween(500, 1_050);
        assertThat(outcome.failures()).hasSize(2_000 - outcome.applied());
        assertThat(outcome.failures().values()).hasOnlyElementsOfType(CacheMemoryException.class);
        assertThat(service.getAll(entries.keySet())).hasSize(outcome.applied());
    }

    @Test
    void noevictionGivesACallerWhatItLoadedEvenIfItCannotBeKept() {
        CacheService service = neverEvicting();
        fillUntilRefused(service);

        assertThat(service.get("loaded", LIFE, key -> new byte[VALUE_BYTES])).hasSize(VALUE_BYTES);
        assertThat(service.get("loaded")).isNull();
    }

    @Test
    void noevictionHoldsItsBoundAmongManyThreads() throws Exception {
        CacheService service = neverEvicting();
        List<Integer> stored = Crowd.runAll(4, thread -> () -> {
            int mine = 0;
            for (int i = 0; i < 1_000; i++) {
                try {
                    service.set(thread + ":" + i, new byte[VALUE_BYTES], LIFE);
                    mine++;
                } catch (CacheMemoryException e) {
                    assertThat(e).hasMessageContaining("maxMemory");
                }
            }
            return mine;
        });

        int all = stored.stream().mapToInt(Integer::intValue).sum();
        assertThat(service.stats().localEntries()).isEqualTo(all);
        assertThat(service.stats().localBytes()).isLessThanOrEqualTo(BOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allkeys-lru",
                "allkeys-random",
                "volatile-lfu",
                "volatile-lru",
                "volatile-random",
                "volatile-ttl"
            })
    void policiesOfRedisThatTheLocalTierDoesNotHaveAreRefusedByName(String policy) {
        UnaryOperator<CacheConfig.Builder> settings = s -> s.maxMemoryPolicy(policy);

        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining(policy)
                .hasMessageContaining("allkeys-lfu")
                .hasMessageContaining("noeviction");
    }

    @Test
    void aTypedCacheGivesTheSameInstanceToEveryReader() {
        Cache<String, City> cities =
                service().cache("cities", City.class).codec(new City.Codec()).open();
        City bern = new City(1, "Bern", 134_000);
        cities.put("bern", bern);

        assertThat(cities.get("bern")).isSameAs(bern);
        assertThat(cities.get("bern")).isSameAs(bern);
        assertThat(cities.getAll(List.of("bern")).get("bern")).isSameAs(bern);
    }

    private static Cache<String, String> open(CacheService service, String name) {
        return service.cache(name, String.class)
                .codec(new TextCodec())
                .ttl(LIFE)
                .open();
    }
}
