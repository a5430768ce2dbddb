package io.cacheservice.examples.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.BulkLoader;
import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.KeyCodec;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Typed caches: names, keys, types, codecs, absent values. */
final class TypedCaches {
    private TypedCaches() {}

    static CacheService openService() {
        return CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build());
    }

    static String readAndWrite(CacheService service, CityTable database) {
        // region open
        Cache<String, City> cities = service.cache("cities", City.class)
                .ttl(Duration.ofHours(1))
                .loader(database::find)
                .bulkLoader(BulkLoader.fromList(database::findAll, City::name))
                .open();
        // endregion
        // region use
        City uppsala = cities.get("Uppsala"); // loads when absent
        City bergen = cities.getIfPresent("Bergen"); // never loads: null
        Map<String, City> all = cities.getAll(List.of("Turku", "Bergen", "Uppsala")); // one query for the two absent

        cities.put("Turku", new City("Turku", "FI", 202_000));
        cities.put("Bergen", new City("Bergen", "NO", 292_000), EntryOptions.ttl(Duration.ofMinutes(5)));
        cities.invalidate("Uppsala"); // after its row was changed
        // endregion
        return Objects.requireNonNull(uppsala).country() + " " + bergen + " " + all.size();
    }

    // region key
    record Seat(String hall, int row, int number) {
        String text() {
            return hall + "/" + row + "/" + number; // no hall has a slash
        }
    }
    // endregion

    static String ownKeys(CacheService service) {
        // region own-keys
        Cache<Seat, String> guests = service.cache("guests", KeyCodec.of(Seat::text), TypeRef.of(String.class))
                .open();
        guests.put(new Seat("main", 3, 14), "Ann");
        // endregion
        return String.valueOf(guests.get(new Seat("main", 3, 14)));
    }

    static int genericTypes(CacheService service) {
        // region type-ref
        Cache<String, List<City>> byCountry = service.cache(
                        "cities-by-country", KeyCodec.string(), new TypeRef<List<City>>() {})
                .open();
        byCountry.put("SE", List.of(new City("Uppsala", "SE", 177_074)));
        // endregion
        return Objects.requireNonNull(byCountry.get("SE")).size();
    }

    // region codec
    /** A temperature in tenths of a degree, as text. */
    record Celsius(int tenths) {}

    static final class CelsiusCodec implements ValueCodec<Celsius> {
        @Override
        public int id() {
            return 128; // 128 to 255 are free for users
        }

        @Override
        public byte[] encode(Celsius value) {
            return Integer.toString(value.tenths()).getBytes(UTF_8);
        }

        @Override
        public Celsius decode(byte[] bytes, int offset, int length) {
            return new Celsius(Integer.parseInt(new String(bytes, offset, length, UTF_8)));
        }
    }
    // endregion

    static String ownCodec(CacheService service) {
        // region own-codec
        Cache<String, Celsius> weather = service.cache("weather", Celsius.class)
                .codec(new CelsiusCodec())
                .open();
        weather.put("Bergen", new Celsius(71));
        // endregion
        return String.valueOf(weather.get("Bergen"));
    }

    static String cachedNulls(CacheService service, CityTable database) {
        // region nulls
        Cache<String, City> cities = service.cache("cities-with-nulls", City.class)
                .ttl(Duration.ofHours(1))
                .nullTtl(Duration.ofMinutes(1)) // remember for a minute that the database has none
                .loader(database::find)
                .open();

        City nowhere = cities.get("Nowhere"); // null; the next minute's reads do not ask the database
        Lookup<City> known = cities.lookup("Nowhere");
        boolean answered = known.isHit(); // true: "there is none" is an answer
        // endregion
        return nowhere + " " + answered + " " + known.valueOrNull();
    }

    static String lookup(CacheService service) {
        Cache<String, Integer> stock = service.cache("stock", Integer.class).open();
        stock.put("tea", 12);
        // region lookup
        String line;
        Lookup<Integer> lookup = stock.lookup("tea");
        if (lookup instanceof Lookup.Hit<Integer> hit) {
            line = hit.valueOrNull() + " from " + hit.tier() + ", "
                    + hit.remaining()
                            .map(left -> "for " + left.toMinutes() + " minutes")
                            .orElse("for ever");
        } else {
            line = "absent: " + lookup.reason();
        }
        // endregion
        return line;
    }

    static String readOptions(CacheService service) {
        Cache<String, Integer> stock = service.cache("stock", Integer.class).open();
        // region read-options
        Integer young = stock.get("tea", ReadOptions.maxAge(Duration.ofSeconds(10)));
        Integer exact = stock.get("tea", ReadOptions.latest()); // asks the tier of record
        // endregion
        return young + " " + exact;
    }
}
