package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.EntryOptions;
import io.cacheservice.KeyCodec;
import io.cacheservice.TypeRef;
import io.cacheservice.WriteOutcome;
import io.cacheservice.spi.ValueCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Typed values under typed keys. */
abstract class TypedStoringContract extends TierContract {
    record Position(int x, int y) {}

    /** A codec of lists, as a library would make one for {@code TypeRef<List<String>>}. */
    record ListCodec() implements ValueCodec<List<String>> {
        @Override
        public int id() {
            return 202;
        }

        @Override
        public byte[] encode(List<String> value) {
            return bytes(String.join("\n", value));
        }

        @Override
        public List<String> decode(byte[] bytes, int offset, int length) {
            return List.of(new TextCodec().decode(bytes, offset, length).split("\n"));
        }
    }

    private Cache<Long, City> cities() {
        return service()
                .cache("cities", KeyCodec.longs(), TypeRef.of(City.class))
                .codec(new City.Codec())
                .ttl(LIFE)
                .open();
    }

    @Test
    void aPutValueIsReadBack() {
        Cache<String, String> cache = openTexts("t");

        assertThat(cache.put("k", "value")).isEqualTo(WriteOutcome.APPLIED);
        assertThat(cache.get("k")).isEqualTo("value");
        assertThat(cache.getIfPresent("k")).isEqualTo("value");
    }

    @Test
    void aKeyNeverPutIsAbsent() {
        Cache<String, String> cache = openTexts("t");

        assertThat(cache.get("nobody")).isNull();
        assertThat(cache.getIfPresent("nobody")).isNull();
        assertThat(cache.lookup("nobody").isHit()).isFalse();
    }

    @Test
    void aLaterPutReplacesAnEarlierOne() {
        Cache<String, String> cache = openTexts("t");
        cache.put("k", "first");
        cache.put("k", "second");

        assertThat(cache.get("k")).isEqualTo("second");
    }

    @Test
    void recordsLiveUnderLongKeys() {
        Cache<Long, City> cities = cities();
        cities.put(1L, City.BERN);
        cities.put(-2L, City.ROME);

        assertThat(cities.get(1L)).isEqualTo(City.BERN);
        assertThat(cities.get(-2L)).isEqualTo(City.ROME);
        assertThat(cities.get(3L)).isNull();
    }

    @Test
    void genericValuesKeepTheirType() {
        Cache<String, List<String>> lists = service()
                .cache("lists", KeyCodec.string(), new TypeRef<List<String>>() {})
                .codec(new ListCodec())
                .ttl(LIFE)
                .open();
        lists.put("k", List.of("a", "b"));

        assertThat(lists.get("k")).containsExactly("a", "b");
    }

    @Test
    void aKeyMayBeARecordOfTheUsers() {
        Cache<Position, String> cache = service()
                .cache("board", KeyCodec.<Position>of(p -> p.x() + "/" + p.y()), TypeRef.of(String.class))
                .codec(new TextCodec())
                .open();
        cache.put(new Position(1, 2), "knight");

        assertThat(cache.get(new Position(1, 2))).isEqualTo("knight");
        assertThat(cache.get(new Position(2, 1))).isNull();
    }

    @Test
    void aKeyMayBeAUuid() {
        UUID id = new UUID(1, 2);
        Cache<UUID, String> cache = service()
                .cache("things", KeyCodec.uuid(), TypeRef.of(String.class))
                .codec(new TextCodec())
                .open();
        cache.put(id, "thing");

        assertThat(cache.get(new UUID(1, 2))).isEqualTo("thing");
    }

    @Test
    void anEntryLivesForTheTtlOfTheCache() {
        Cache<String, String> cache = texts("t").ttl(Duration.ofSeconds(30)).open();
        cache.put("k", "value");
        advanceToTheLastMomentOf(Duration.ofSeconds(30));
        assertThat(cache.get("k")).isEqualTo("value");
        advanceToTheEnd();
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void aCacheWithoutATtlKeepsItsEntriesForTheDefault() {
        Cache<String, String> cache = texts("t").open();
        cache.put("k", "value");
        advanceToTheLastMomentOf(service().config().defaultTtl());
        assertThat(cache.get("k")).isEqualTo("value");
        advanceToTheEnd();
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void optionsGiveOneEntryALifeOfItsOwn() {
        Cache<String, String> cache = texts("t").ttl(Duration.ofSeconds(30)).open();
        cache.put("long", "value", EntryOptions.ttl(Duration.ofSeconds(60)));
        cache.put("for ever", "value", EntryOptions.noExpiry());
        cache.put("usual", "value", EntryOptions.defaults());
        advance(Duration.ofSeconds(31));

        assertThat(cache.get("usual")).isNull();
        assertThat(cache.get("long")).isEqualTo("value");
        advance(Duration.ofSeconds(30));
        assertThat(cache.get("long")).isNull();
        assertThat(cache.get("for ever")).isEqualTo("value");
    }

    @Test
    void aBatchIsPutAndReadBack() {
        Cache<Long, City> cities = cities();

        assertThat(cities.putAll(Map.of(1L, City.BERN, 2L, City.ROME)).applied())
                .isEqualTo(2);
        assertThat(cities.get(2L)).isEqualTo(City.ROME);
    }

    @Test
    void putIfAbsentStoresWhereNothingIs() {
        Cache<String, String> cache = openTexts("t");

        assertThat(cache.putIfAbsent("k", "first")).isTrue();
        assertThat(cache.putIfAbsent("k", "second")).isFalse();
        assertThat(cache.get("k")).isEqualTo("first");
    }

    @Test
    void whatPutIfAbsentStoredLivesForTheTtlOfTheCache() {
        Cache<String, String> cache = texts("t").ttl(SECOND).open();
        cache.putIfAbsent("k", "first");
        advance(SECOND);

        assertThat(cache.putIfAbsent("k", "second")).isTrue();
    }

    @Test
    void anInvalidatedKeyIsAbsent() {
        Cache<String, String> cache = openTexts("t");
        cache.put("k", "value");
        cache.put("other", "value");

        assertThat(cache.invalidate("k")).isEqualTo(WriteOutcome.APPLIED);
        assertThat(cache.get("k")).isNull();
        assertThat(cache.get("other")).isEqualTo("value");
    }

    @Test
    void manyKeysAreInvalidatedAtOnce() {
        Cache<Long, City> cities = cities();
        cities.putAll(Map.of(1L, City.BERN, 2L, City.ROME, 3L, City.OSLO));

        assertThat(cities.invalidateAll(List.of(1L, 3L, 4L)).complete()).isTrue();
        assertThat(cities.getAll(List.of(1L, 2L, 3L))).containsOnlyKeys(2L);
    }

    @Test
    void puttingNullIsRefused() {
        Cache<String, String> cache = openTexts("t");

        assertThatThrownBy(() -> cache.put("k", Nulls.<String>smuggled()))
                .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
                .hasMessageContaining("value");
        assertThat(cache.lookup("k").isHit()).isFalse();
    }
}
