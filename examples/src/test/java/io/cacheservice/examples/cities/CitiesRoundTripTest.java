package io.cacheservice.examples.cities;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CitiesRoundTripTest {
    private static final Map<String, City> CITIES = GeneratedCities.of(2_500);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void allComesBackFromTheLocalTierBothWays() throws Exception {
        Path file = Files.write(folder.resolve("cities.json"), CityFile.toBytes(CITIES.values()));

        int exitCode = run(file.toString(), "local");

        assertThat(exitCode).as(out.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8).lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("local +typed cache +2,500 .* 2,500 +0 +0 +2,500 .* 0"))
                .anyMatch(line -> line.matches("local +HTTP batches +2,500 .* 2,500 +0 +0 +2,500 .* 0"));
        assertThat(err.toString(UTF_8)).contains("local, HTTP batches, read", "40 %", "100 %");
    }

    @Test
    void recordsThatAreGoneAreNamed() throws Exception {
        Outcome outcome = typed(
                CITIES,
                (service, key) -> service.cache("cities", City.class)
                        .codec(CityFile.CODEC)
                        .open()
                        .invalidate(key));

        assertThat(outcome.differing()).containsExactly(firstKey());
        assertThat(outcome.misses()).isEqualTo(1);
        assertThat(outcome.complete()).isFalse();
        assertThat(Report.of(List.of(outcome)))
                .contains("FAILED: local, typed cache: missing or not what was written: " + firstKey());
    }

    @Test
    void recordsThatAreOthersAreNamed() throws Exception {
        City other = new City("other", "0", "0", "FR", "", "");
        Outcome outcome = typed(
                CITIES,
                (service, key) -> service.cache("cities", City.class)
                        .codec(CityFile.CODEC)
                        .open()
                        .put(key, other));

        assertThat(outcome.differing()).containsExactly(firstKey());
        assertThat(outcome.complete()).isFalse();
    }

    @Test
    void bytesThatAreOthersAreNamed() throws Exception {
        Outcome outcome =
                damaged(CITIES, HttpWay::serving, (service, key) -> service.set(key, new byte[] {(byte) 0xff, 'x'}));

        assertThat(outcome.differing()).containsExactly(firstKey());
        assertThat(outcome.complete()).isFalse();
    }

    @Test
    void aTierThatCannotHoldAllFails() throws Exception {
        Map<String, City> many = GeneratedCities.of(10_000);
        Outcome outcome = new RoundTrip(many, silent()).run(new LocalBacking(1L << 20), TypedWay::new);

        assertThat(outcome.kept().evictions()).isPositive();
        assertThat(outcome.complete()).isFalse();
    }

    @Test
    void anUnknownTierIsRefused() throws Exception {
        assertThat(run("cities.json", "disk")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("which tiers: local, redis");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        assertThat(run(folder.resolve("none.json").toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("none.json");
    }

    @Test
    void aRedisThatDoesNotStartIsNotCalledADifference() throws Exception {
        Path file = Files.write(folder.resolve("cities.json"), CityFile.toBytes(CITIES.values()));
        String before = System.getProperty(RedisServer.SERVER_PROPERTY);
        System.setProperty(
                RedisServer.SERVER_PROPERTY, folder.resolve("no-redis").toString());
        try {
            assertThat(run(file.toString(), "redis")).isEqualTo(2);
        } finally {
            if (before == null) {
                System.clearProperty(RedisServer.SERVER_PROPERTY);
            } else {
                System.setProperty(RedisServer.SERVER_PROPERTY, before);
            }
        }
        assertThat(err.toString(UTF_8)).contains("redis: ").contains("no-redis");
    }

    private int run(String... args) throws IOException, InterruptedException {
        return CitiesRoundTrip.run(List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private static String firstKey() {
        return CITIES.keySet().iterator().next();
    }

    private static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
    }

    /** Does something to the entry of one key between writing and reading. */
    private interface Damage {
        void to(CacheService service, String key);
    }

    private static Outcome typed(Map<String, City> cities, Damage damage) throws Exception {
        return damaged(cities, TypedWay::new, damage);
    }

    private static Outcome damaged(Map<String, City> cities, RoundTrip.WayOpener opener, Damage damage)
            throws Exception {
        return new RoundTrip(cities, silent())
                .run(new LocalBacking(64L << 20), service -> new DamagedWay(opener.open(service), service, damage));
    }

    private record DamagedWay(Way way, CacheService service, Damage damage) implements Way {
        @Override
        public String name() {
            return way.name();
        }

        @Override
        public void write(Map<String, City> batch) throws IOException, InterruptedException {
            way.write(batch);
            if (batch.containsKey(firstKey())) {
                damage.to(service, firstKey());
            }
        }

        @Override
        public List<String> differing(Map<String, City> batch) throws IOException, InterruptedException {
            return way.differing(batch);
        }

        @Override
        public void close() {
            way.close();
        }
    }
}
