package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are queries of a real database. */
class JdbcSourceTest {
    private static final String BERLIN =
            "{\"ID\":2950159,\"NAME\":\"Berlin\",\"COUNTRY\":\"DE\",\"POPULATION\":3426354,\"LATITUDE\":52.52437,"
                    + "\"LONGITUDE\":13.41053}";

    @TempDir
    private Path folder;

    private CityDatabase database;

    @BeforeEach
    void openDatabase() throws Exception {
        database = CityDatabase.open();
        database.run("set query_statistics true");
        Files.writeString(folder.resolve("password"), CityDatabase.PASSWORD + "\n");
    }

    @AfterEach
    void closeDatabase() throws Exception {
        database.close();
    }

    /** A source whose members of {@code jdbc} besides the access are {@code members}, each a line. */
    private ServiceWithSources open(String pattern, String... members) throws Exception {
        return ServiceWithSources.open(folder, yaml(pattern, members));
    }

    private String yaml(String pattern, String... members) {
        return "sources:\n  - pattern: '" + pattern + "'\n    ttl: 10m\n    jdbc:\n      url: " + database.url()
                + "\n      username: " + CityDatabase.USER + "\n      passwordFile: " + folder.resolve("password")
                + "\n      " + String.join("\n      ", members) + "\n";
    }

    /** What the causes of a failed load say. */
    private static String causes(@Nullable Throwable failure) {
        return failure == null ? "" : failure + "\n" + causes(failure.getCause());
    }

    private static Throwable failureOf(ServiceWithSources cities, String key) {
        return catchThrowable(() -> cities.get(key));
    }

    @Test
    void aRowIsAJsonObjectAndIsKept() throws Exception {
        try (ServiceWithSources cities = open("city:*", "query: select * from city where id = ?", "keyType: number")) {
            assertThat(cities.get("city:2950159")).isEqualTo(BERLIN);
            database.run("delete from city");

            assertThat(cities.get("city:2950159")).isEqualTo(BERLIN);
            assertThat(cities.service.lookup("city:2950159").reason()).isEqualTo(Reason.FOUND);
            assertThat(cities.sources.contentType("city:2950159")).contains("application/json");
        }
    }

    @Test
    void whatIsNotThereIsAbsentAndAskedForAgain() throws Exception {
        try (ServiceWithSources cities = open("city:*", "query: select * from city where id = ?", "keyType: number")) {
            assertThat(cities.get("city:7")).isNull();
            database.run("insert into city(id, name, country) values (7, 'Seven', 'SE')");

            assertThat(cities.get("city:7")).contains("Seven");
        }
    }

    @Test
    void oneColumnIsTheValueAsItIs() throws Exception {
        database.run("create table page(path varchar(100) primary key, body varchar(100), image varbinary(100))");
        database.run("insert into page values ('a/b', 'hello', x'00ff'), ('empty', null, null)");
        database.run("grant select on page to " + CityDatabase.USER);
        try (ServiceWithSources pages =
                open("page:*", "query: select * from page where path = ?", "valueColumn: body")) {
            assertThat(pages.get("page:a/b")).isEqualTo("hello");
            assertThat(pages.get("page:empty")).isNull();
            assertThat(pages.sources.contentType("page:a/b")).isEmpty();
        }
        try (ServiceWithSources pages =
                open("page:*", "query: select * from page where path = ?", "valueColumn: image")) {
            assertThat(pages.service.get("page:a/b")).isEqualTo(new byte[] {0, (byte) 0xff});
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'; drop table city; --", "1 or 1=1", "x' or 'a'='a", "2950159; delete from city", "?", "\\"})
    void aKeyIsNeverTextOfAStatement(String id) throws Exception {
        for (String type : List.of("text", "number")) {
            String column = type.equals("text") ? "name" : "id";
            try (ServiceWithSources cities = open(
                    "city:*",
                    "query: select * from city where " + column + " = ?",
                    "bulkQuery: select * from city where " + column + " in (?)",
                    "keyColumn: " + column,
                    "keyType: " + type)) {
                assertThat(cities.get("city:" + id)).isNull();
                assertThat(cities.service.getAll(List.of("city:" + id, "city:" + id + id)))
                        .isEmpty();
                assertThat(cities.service.stats().loadFailures()).isZero();
            }
        }
        assertThat(database.numbers("select count(*) from city")).containsExactly(105L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02950159",
                "+2950159",
                "2950159.0",
                "2950159 ",
                "0x1",
                "-0",
                "Berlin",
                "",
                "999999999999999999999999999999999999999"
            })
    void aNumberIsWrittenInOneWayOnly(String id) throws Exception {
        try (ServiceWithSources cities = open("city:*", "query: select * from city where id = ?", "keyType: number")) {
            assertThat(cities.get("city:" + id)).isNull();
        }
    }

    @Test
    void aNumberMayBeLongerThanALong() throws Exception {
        database.run("create table big(id decimal(38) primary key)");
        database.run("insert into big values (99999999999999999999999999999999999999), (-5)");
        database.run("grant select on big to " + CityDatabase.USER);
        try (ServiceWithSources big =
                open("big:*", "bulkQuery: select * from big where id in (?)", "keyType: number")) {
            assertThat(big.service
                            .getAll(List.of("big:" + "9".repeat(38), "big:-5", "big:8"))
                            .keySet())
                    .containsExactly("big:" + "9".repeat(38), "big:-5");
        }
    }

    @Test
    void eachStarIsAParameter() throws Exception {
        try (ServiceWithSources cities =
                open("city:*:*", "query: select name from city where country = ? and name = ?", "valueColumn: name")) {
            assertThat(cities.get("city:DE:Berlin")).isEqualTo("Berlin");
            assertThat(cities.get("city:SE:Berlin")).isNull();
        }
    }

    @Test
    void theOnlyStarIsEveryParameter() throws Exception {
        try (ServiceWithSources cities = open(
                "city:*", "query: select name from city where name = ? or country || '!' = ?", "valueColumn: name")) {
            assertThat(cities.get("city:Berlin")).isEqualTo("Berlin");
        }
    }

    @Test
    void aBatchIsOneQueryForAllThatIsMissing() throws Exception {
        try (ServiceWithSources cities =
                open("city:*", "bulkQuery: select * from city where id in (?)", "keyType: number", "poolSize: 1")) {
            cities.get("city:98182");
            long before = statements();

            Map<String, byte[]> found =
                    cities.service.getAll(List.of("city:2950159", "city:98182", "city:7", "city:105343", "other"));

            assertThat(found.keySet()).containsExactly("city:2950159", "city:98182", "city:105343");
            assertThat(new String(found.get("city:2950159"), UTF_8)).isEqualTo(BERLIN);
            assertThat(statements() - before).isEqualTo(1);
        }
    }

    @Test
    void aLargeBatchIsSplitByBulkSize() throws Exception {
        List<String> keys = database.numbers("select id from city").stream()
                .map(id -> "city:" + id)
                .toList();
        try (ServiceWithSources cities = open(
                "city:*",
                "bulkQuery: select name, id from city where id in (?)",
                "keyColumn: id",
                "keyType: number",
                "bulkSize: 50")) {
            cities.get("city:1");
            long before = statements();

            assertThat(cities.service.getAll(keys)).hasSize(105);
            assertThat(statements() - before).isEqualTo(3);
        }
    }

    @Test
    void theQueryForOneIsUsedForOneAndThatForManyForMany() throws Exception {
        try (ServiceWithSources cities = open(
                "city:*",
                "query: select id, 'one' as how from city where id = ?",
                "bulkQuery: select id, 'many' as how from city where id in (?)",
                "valueColumn: how",
                "keyType: number")) {
            assertThat(cities.get("city:98182")).isEqualTo("one");
            assertThat(cities.service
                            .getAll(List.of("city:98182", "city:105343", "city:2950159"))
                            .values())
                    .extracting(String::new)
                    .containsExactly("one", "many", "many");
        }
    }

    @Test
    void moreThanOneRowForAKeyIsRefused() throws Exception {
        try (ServiceWithSources countries = open(
                "country:*",
                "query: select * from city where country = ?",
                "bulkQuery: select country, name from city where country in (?)")) {
            assertThat(countries.get("country:DE")).contains("Berlin");
            assertThat(causes(failureOf(countries, "country:CN")))
                    .contains("more than one row")
                    .contains("country:*");
            assertThatThrownBy(() -> countries.service.getAll(List.of("country:CN", "country:IN")))
                    .isInstanceOf(SourceException.class)
                    .hasStackTraceContaining("more than one row");
        }
    }

    @Test
    void aRowWhoseKeyWasNotAskedForIsRefused() throws Exception {
        try (ServiceWithSources cities = open(
                "city:*",
                "bulkQuery: select * from city where id in (?)",
                "keyColumn: population",
                "keyType: number")) {
            assertThat(causes(failureOf(cities, "city:2950159"))).contains("keyColumn");
        }
    }

    @Test
    void aRowThatIsTooLargeIsRefused() throws Exception {
        String yaml = yaml("city:*", "query: select * from city where id = ?", "keyType: number")
                .replace("    ttl", "    maxBytes: 20b\n    ttl");
        try (ServiceWithSources cities = ServiceWithSources.open(folder, yaml)) {
            assertThat(causes(failureOf(cities, "city:2950159")))
                    .contains("20 bytes")
                    .contains("maxBytes");
        }
    }

    @Test
    void aQueryThatTakesTooLongIsEndedAndSaysSo() throws Exception {
        try (ServiceWithSources slow = open(
                "slow:*",
                "query: select sum(a.x) from system_range(1, 9999999) a, system_range(1, 9999999) where '' <> ?",
                "timeout: 1s")) {
            Throwable failure = failureOf(slow, "slow:1").getCause();

            assertThat(failure).isInstanceOf(SourceFailure.class);
            assertThat(((SourceFailure) Objects.requireNonNull(failure, "cause")).timedOut())
                    .isTrue();
            assertThat(failure).hasMessageContaining("slow:*").hasMessageContaining("in time");
        }
    }

    @Test
    void whoeverFindsAllConnectionsInUseWaitsForItsTimeOnly() throws Exception {
        database.run("create alias hold for \"" + HeldQuery.class.getName() + ".hold\"");
        try (ServiceWithSources slow =
                open("held:*", "query: select hold(?) as x", "valueColumn: x", "poolSize: 1", "timeout: 2s")) {
            var first = slow.service.async().get("held:1");
            HeldQuery.awaitBegin();

            Throwable failure = failureOf(slow, "held:2").getCause();

            HeldQuery.end();
            assertThat(((SourceFailure) Objects.requireNonNull(failure, "cause")).timedOut())
                    .isTrue();
            assertThat(first.join()).asString().isNotEmpty();
        }
    }

    @Test
    void thePasswordIsReadAnewForEachConnectionAndNeverTold() throws Exception {
        Files.writeString(folder.resolve("password"), "falsch-0815");
        try (ServiceWithSources cities =
                open("city:*", "query: select * from city where id = ?", "keyType: number", "timeout: 1s")) {
            Throwable failure = failureOf(cities, "city:2950159");

            assertThat(failure).isInstanceOf(SourceException.class).cause().isInstanceOf(SourceFailure.class);
            assertThat(causes(failure)).contains("city:*").doesNotContain("falsch-0815");
            assertThat(failure.getCause()).message().doesNotContain("h2").doesNotContain(CityDatabase.USER);
            Files.writeString(folder.resolve("password"), CityDatabase.PASSWORD);
            // after wrong passwords the database lets everyone wait
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> BERLIN.equals(cities.get("city:2950159")));
            Files.delete(folder.resolve("password"));
            assertThat(cities.get("city:98182")).as("over the open connection").contains("Baghdad");
        }
    }

    @Test
    void aPasswordFileThatIsGoneIsNamedInTheLogOnly() throws Exception {
        try (ServiceWithSources cities =
                open("city:*", "query: select * from city where id = ?", "keyType: number", "timeout: 1s")) {
            Files.delete(folder.resolve("password"));

            Throwable failure = failureOf(cities, "city:2950159");

            assertThat(failure.getCause()).isInstanceOf(SourceFailure.class);
            assertThat(failure.getCause()).message().doesNotContain("password");
            assertThat(causes(failure)).contains(folder.resolve("password").toString());
        }
    }

    @Test
    void theServiceStartsWithoutTheDatabaseAndFindsItLater() throws Exception {
        Path late = folder.resolve("late");
        String yaml = yaml("city:*", "query: select * from city where id = ?", "keyType: number", "timeout: 1s")
                .replace(database.url(), "jdbc:h2:" + late.resolve("cities") + ";IFEXISTS=TRUE");
        try (ServiceWithSources cities = ServiceWithSources.open(folder, yaml)) {
            Throwable failure = failureOf(cities, "city:2950159").getCause();
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            SourceFailure.class,
                            e -> assertThat(e.timedOut())
                                    .as("it could not be reached, which is no timeout")
                                    .isFalse());

            CityDatabase.open(late).close();

            // a pool pauses between attempts to connect, and a failed load may be remembered for a moment
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> BERLIN.equals(cities.get("city:2950159")));
        }
    }

    @Test
    void whatIsLoadedLivesAsLongAsTheSourceSays() throws Exception {
        try (ServiceWithSources cities = open("city:*", "query: select * from city where id = ?", "keyType: number")) {
            Lookup.Hit<byte[]> loaded = (Lookup.Hit<byte[]>) cities.service.lookup("city:2950159");

            assertThat(loaded.remaining().orElseThrow()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        }
    }

    @Test
    void manyReadersOfOneColdKeyAskOnce() throws Exception {
        try (ServiceWithSources cities = open("city:*", "query: select * from city where id = ?", "keyType: number")) {
            IntStream.range(0, 64)
                    .mapToObj(i -> cities.service.async().get("city:2950159"))
                    .toList()
                    .forEach(read -> assertThat(read.join()).asString().isNotEmpty());

            assertThat(cities.service.stats().loadSuccesses()).isEqualTo(1);
        }
    }

    private long statements() throws Exception {
        return database.queries("select%from city where%");
    }
}
