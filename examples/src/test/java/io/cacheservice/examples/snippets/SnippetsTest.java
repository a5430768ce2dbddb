package io.cacheservice.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.EvictionCause;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows does what it says. */
class SnippetsTest {
    private final CityTable database = new CityTable();

    @Test
    void theFirstProgramAsksTheDatabaseOnce() {
        FirstProgram.run(database);
        assertThat(database.queries()).isEqualTo(1);
    }

    @Test
    void gettingStartedWithBytes() {
        assertThat(GettingStarted.bytes())
                .containsExactly("hello", "<h1>page:/home</h1>", "a,b", "true 1 true", "LOCAL FOUND");
    }

    @Test
    void gettingStartedWithRedis() {
        assertThat(GettingStarted.redis().redis())
                .hasValueSatisfying(redis -> assertThat(redis).hasToString("redis://127.0.0.1:6379/0"));
    }

    @Test
    void theSameCallsWorkOverRedis() {
        try (RedisServer redis = RedisServer.start()) {
            assertThat(GettingStarted.overRedis(redis.url())).isEqualTo("<h1>page:/home</h1> a,b true 1 true");
            assertThat(redis.command("EXISTS", "orders::page:/home")).isEqualTo(1L);
        }
    }

    @Test
    void valuesAreMadeShorterForRedis() {
        try (RedisServer redis = RedisServer.start();
                CacheService service =
                        CacheService.open(CacheConfig.builder().url(redis.url()).build())) {
            Compressing.chosen(service).put("1", "allergic to nothing; ".repeat(50));
            assertThat(Compressing.saved(service)).matches("\\d{3,} bytes saved, .* times shorter, .*");
        }
    }

    @Test
    void sourcesOfByteKeysAreAskedOnceForABatch() {
        assertThat(ByteSources.readThrough(database)).isEqualTo("Hello 2");
        assertThat(database.queries()).isEqualTo(1);
    }

    @Test
    void typedCachesReadThroughAndLoadInBulk() {
        try (CacheService service = TypedCaches.openService()) {
            assertThat(TypedCaches.readAndWrite(service, database)).isEqualTo("SE null 3");
            assertThat(database.queries())
                    .as("one for Uppsala, one for the other two")
                    .isEqualTo(2);
        }
    }

    @Test
    void typedCachesTakeKeysTypesAndCodecsOfTheUsers() {
        try (CacheService service = TypedCaches.openService()) {
            assertThat(TypedCaches.ownKeys(service)).isEqualTo("Ann");
            assertThat(TypedCaches.genericTypes(service)).isEqualTo(1);
            assertThat(TypedCaches.ownCodec(service)).isEqualTo("Celsius[tenths=71]");
        }
    }

    @Test
    void entriesOfAnOlderVersionAreReadByTheNewOne() {
        try (RedisServer redis = RedisServer.start()) {
            Evolution.oldVersionThatReadsTheNewShape(redis.url());

            assertThat(Evolution.inTypes(redis.url())).isEqualTo("12.50 EUR 1");
            assertThat(Evolution.inTrees(redis.url())).isEqualTo("Account[owner=Ada, balance=12.50, currency=EUR]");
        }
    }

    @Test
    void thatThereIsNoneIsRemembered() {
        try (CacheService service = TypedCaches.openService()) {
            assertThat(TypedCaches.cachedNulls(service, database)).isEqualTo("null true null");
            assertThat(database.queries()).isEqualTo(1);
        }
    }

    @Test
    void lookupsTellAndReadOptionsAsk() {
        try (CacheService service = TypedCaches.openService()) {
            assertThat(TypedCaches.lookup(service)).matches("12 from LOCAL, for (59|60) minutes");
            assertThat(TypedCaches.readOptions(service)).isEqualTo("12 12");
        }
    }

    @Test
    void thereAreSevenWaysToRefresh() {
        assertThat(Refreshing.policies()).doesNotHaveDuplicates().hasSize(7);
    }

    @Test
    void loadersDecideAndFallBack() {
        try (CacheService service = TypedCaches.openService()) {
            City turku = new City("Turku", "FI", 201_863);
            assertThat(Loading.withContext(service, database)).isEqualTo(turku);
            assertThat(service.stats().caches()).containsKey("cities-by-size");
            assertThat(Loading.later(service, database, name -> CompletableFuture.completedFuture(database.find(name))))
                    .containsOnlyKeys("Uppsala", "Turku")
                    .containsEntry("Turku", turku);
            assertThat(Loading.safe(service, database)).isEqualTo("LOADED false");
        }
    }

    @Test
    void tagsInvalidateWhatCarriesThem() {
        try (CacheService service = TypedCaches.openService()) {
            assertThat(Tags.invalidated(service, database)).isEqualTo("false true false");
        }
    }

    @Test
    void keysThatBeginSoAreRemoved() {
        try (CacheService service = TypedCaches.openService()) {
            assertThat(Tags.removed(service)).isEqualTo(2);
            assertThat(service.get("session:bob:1")).isNotNull();
        }
    }

    @Test
    void whatIsWrittenReachesTheSourceAndLivesAsSaid() throws Exception {
        try (CacheService service = TypedCaches.openService()) {
            assertThat(Writing.through(service)).isEqualTo("250 250");
            assertThat(Writing.behind(service)).isEqualTo("2");
            assertThat(Writing.transaction(service)).isEqualTo("200 200");
            assertThat(Writing.lives(service)).isEqualTo("ada bob");
        }
    }

    @Test
    void outages() {
        assertThat(Outages.settings().breakerPause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Outages.journal("/var/lib/orders").journalFile()).hasValue("/var/lib/orders/orders.journal");
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            assertThat(Outages.cache(service, new CityTable()).get("Turku"))
                    .extracting(City::country)
                    .isEqualTo("FI");
        }
        CacheConfig away = CacheConfig.builder().url("redis://127.0.0.1:1").build(); // nobody is there
        try (CacheService service = CacheService.open(away)) {
            Cache<String, City> cities = Outages.writes(service, new CityTable());
            City oulu = new City("Oulu", "FI", 214_633);
            assertThat(cities.put("Oulu", oulu)).isEqualTo(WriteOutcome.LOCAL_ONLY);
            assertThat(cities.get("Oulu")).isEqualTo(oulu);
        }
    }

    @Test
    void theBoundHolds() {
        CacheStats stats = MemoryBounds.evicting();
        assertThat(stats.localBytes()).isBetween(1L, stats.localMaxBytes());
        assertThat(stats.evictions()).containsKey(EvictionCause.SIZE);
        assertThat(MemoryBounds.refusing()).isTrue();
    }

    @Test
    void aServerThatWorksIsFit() {
        try (RedisServer redis = RedisServer.start()) {
            CacheConfig config = CacheConfig.builder()
                    .url(redis.url())
                    .readTimeout(Duration.ofSeconds(10))
                    .build();
            assertThat(Examined.isFit(config)).isTrue();
        }
    }

    @Test
    void statisticsAndMetersCount() {
        try (CacheService service = TypedCaches.openService()) {
            Cache<String, City> cities =
                    service.cache("cities", City.class).loader(database::find).open();
            cities.get("Uppsala");
            cities.get("Uppsala");
            assertThat(Statistics.snapshot(service, cities)).isEqualTo("1 0.5 true true");
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            Statistics.bind(service, registry);
            assertThat(registry.get("cache.gets")
                            .tags("cache", "cities", "result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aServiceThatIsCoherentSaysSo() {
        try (RedisServer redis = RedisServer.start();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .url(redis.url())
                        .coherenceSampleInterval(Duration.ofMillis(10))
                        .build())) {
            service.get("k");
            Awaitility.await().until(() -> Coherence.isWell(service));
        }
    }

    @Test
    void deploymentsAreNamedAndReplicasAllowed(@TempDir Path folder) throws IOException {
        Path passwordFile = Files.writeString(folder.resolve("password"), "secret");
        assertThat(Redis.deployments(passwordFile.toString())).hasSize(3);
        try (CacheService service = TypedCaches.openService();
                RedisServer redis = RedisServer.start();
                CacheService remote =
                        CacheService.open(CacheConfig.builder().url(redis.url()).build())) {
            assertThat(Redis.aReplicaMayAnswer(
                            service.cache("names", String.class).open()))
                    .isFalse();
            assertThat(Redis.aReplicaMayAnswer(
                            remote.cache("names", String.class).open()))
                    .isFalse();
        }
    }

    @Test
    void copiesInFrontOfRedisAreSeen() {
        try (RedisServer redis = RedisServer.start();
                CacheService service =
                        CacheService.open(CacheConfig.builder().url(redis.url()).build())) {
            City uppsala = new City("Uppsala", "SE", 177_074);
            service.cache("cities", City.class)
                    .maxStaleness(Duration.ofMillis(500))
                    .localMaxMemory(32 << 20)
                    .open()
                    .put("Uppsala", uppsala);
            List<String> told = new ArrayList<>();

            assertThat(Coherence.copies(service)).containsOnly(uppsala);
            assertThat(Coherence.seen(service, told::add)).isZero();
            assertThat(told).singleElement().asString().startsWith("127.0.0.1:" + redis.port() + "/0 has heard of");
        }
    }

    @Test
    void testsMoveTheClockAndBreakTheLink() {
        assertThat(Testing.anEntryEndsToTheMillisecond()).isTrue();
        assertThat(Testing.aRealServerBehindAProxy()).isEqualTo("127.0.0.1 PONG");
        assertThat(Testing.aSlowLink()).isEqualTo("healed");
    }

    @Test
    void testsHaveTheirRedisFailByPlan() {
        assertThat(Testing.chaosByPlan()).isTrue();
    }

    @Test
    void testsBreakAClusterAndMoveItsSlots() {
        assertThat(Testing.aRealCluster()).endsWith("] true");
    }

    @Test
    void testsKillTheMasterThatSentinelsWatch() {
        assertThat(Testing.realSentinels()).endsWith("] true");
    }

    @Test
    void testsJudgeWhatProcessesSaw(@TempDir Path folder) throws IOException {
        assertThat(Testing.whatProcessesSaw(folder).operations()).isEqualTo(3);
        assertThat(Testing.whatProcessesSeeWhileTheyGoOn(folder).reads()).isEqualTo(1);
    }
}
