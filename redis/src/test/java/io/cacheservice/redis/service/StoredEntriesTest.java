package io.cacheservice.redis.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.EntryDetails;
import io.cacheservice.EntryDetails.Format;
import io.cacheservice.EntryOptions;
import io.cacheservice.KeyPage;
import io.cacheservice.Lookup;
import io.cacheservice.Tier;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredEntriesTest {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static RedisServer redis;
    private static CacheService service;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        service = open(redis);
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("FLUSHALL");
    }

    @Test
    void everyKeyIsListedInPages() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            expected.add("user:" + i);
            service.set("user:" + i, bytes("v"), LIFE);
            service.set("order:" + i, bytes("v"), LIFE);
        }

        List<KeyPage> pages = pages("user:");

        assertThat(pages.size()).isGreaterThan(9);
        assertThat(pages).allSatisfy(page -> assertThat(page.keys()).hasSizeLessThan(120));
        assertThat(keys(pages)).containsOnlyOnceElementsOf(expected).hasSameSizeAs(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "a?", "a[b-c]", "a\\", "{a}", "\u00e9", "^"})
    void aPrefixStandsForItselfOnly(String prefix) {
        service.set(prefix + "1", bytes("v"), LIFE);
        service.set("ab1", bytes("v"), LIFE);
        service.set("ac1", bytes("v"), LIFE);

        assertThat(keys(pages(prefix))).containsExactly(prefix + "1");
    }

    @Test
    void theEmptyPrefixListsTheByteKeysAndNoOthers() {
        service.set("mine", bytes("v"), LIFE);
        service.cache("users", String.class).ttl(LIFE).open().put("1", "Ada");
        redis.command("SET", "cache:~canary", "x");
        redis.command("SET", "others", "x");
        redis.commandBytes(bytes("SET"), new byte[] {'c', 'a', 'c', 'h', 'e', ':', ':', -1}, bytes("x"));

        assertThat(keys(pages(""))).containsExactly("mine");
    }

    @Test
    void aCursorOfNobodyIsRefused() {
        assertThatThrownBy(() -> service.stored().keys("", "nonsense!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin again without a cursor");
        assertThatThrownBy(() -> service.stored().keys("", "bm9uc2Vuc2U")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatBeganANewLifeEndsTheListingAndSaysSo() {
        try (RedisServer own = RedisServer.start();
                CacheService onIt = open(own)) {
            for (int i = 0; i < 500; i++) {
                onIt.set("k" + i, bytes("v"), LIFE);
            }
            KeyPage first = onIt.stored().keys("k", null);
            own.restartEmpty();
            Awaitility.await("connected again")
                    .ignoreException(CacheConnectionException.class)
                    .until(() -> onIt.set("k0", bytes("v"), LIFE), outcome -> true);

            KeyPage second = onIt.stored().keys("k", first.next());

            assertThat(second.keys()).isEmpty();
            assertThat(second.next()).isNull();
            assertThat(second.unlisted())
                    .singleElement()
                    .satisfies(unlisted -> assertThat(unlisted.why()).contains("started anew"));
        }
    }

    @Test
    void theCopyInThisProcessIsToldWithWhatVouchesForIt() {
        try (CacheService own = open(redis)) {
            own.set("k", bytes("value"), EntryOptions.ttl(LIFE).withContentType("text/plain"));
            assertThat(own.stored().inspect("k").copy())
                    .as("nobody has read it")
                    .isEmpty();
            Awaitility.await().until(() -> {
                own.get("k");
                return copy(own).flatMap(EntryDetails.Copy::provenAge).isPresent();
            });

            EntryDetails details = own.stored().inspect("k");

            EntryDetails.Copy copy = details.copy().orElseThrow();
            assertThat(copy.standing()).isEqualTo(EntryDetails.Standing.USABLE);
            assertThat(copy.isTracked()).isTrue();
            assertThat(copy.connection()).contains("127.0.0.1:" + redis.port() + "/0");
            assertThat(copy.age()).isLessThan(LIFE);
            assertThat(copy.remaining().orElseThrow()).isPositive().isLessThanOrEqualTo(LIFE);
            assertThat(copy.bytes()).isGreaterThan(5);
            EntryDetails.Header ofCopy = copy.header().orElseThrow();
            assertThat(ofCopy.contentType()).contains("text/plain");
            assertThat(ofCopy.version())
                    .isEqualTo(details.stored()
                            .flatMap(EntryDetails.Stored::header)
                            .orElseThrow()
                            .version());
        }
    }

    @Test
    void thatAKeyWasAbsentIsACopyTooUntilItIsWritten() {
        try (CacheService own = open(redis)) {
            own.get("k");
            assertThat(copy(own).orElseThrow().header()).isEmpty();

            redis.command("SET", "cache::k", "1");

            Awaitility.await()
                    .until(() -> copy(own)
                            .filter(copy -> copy.standing() == EntryDetails.Standing.USABLE)
                            .isEmpty());
        }
    }

    private static Optional<EntryDetails.Copy> copy(CacheService of) {
        return of.stored().inspect("k").copy();
    }

    @Test
    void anEntryIsToldWithItsHeader() {
        service.set("k", bytes("value"), EntryOptions.ttl(LIFE).withContentType("text/plain"));
        redis.command("PEXPIRE", "cache::k", "400000");

        EntryDetails details = service.stored().inspect("k");

        assertThat(details.tier()).isEqualTo(Tier.REMOTE);
        assertThat(details.place()).hasValueSatisfying(place -> {
            assertThat(place.node()).isEqualTo("127.0.0.1:" + redis.port());
            assertThat(place.slot()).isEqualTo(OptionalInt.empty());
        });
        EntryDetails.Stored stored = details.stored().orElseThrow();
        assertThat(stored.type()).isEqualTo("string");
        assertThat(stored.format()).isEqualTo(Format.FRAMED);
        assertThat(stored.storedBytes()).isEqualTo(OptionalLong.of(25 + 3 + 10 + 5));
        assertThat(stored.valueBytes()).isEqualTo(OptionalLong.of(5));
        assertThat(stored.value()).isEqualTo(bytes("value"));
        assertThat(stored.checksumHolds()).contains(true);
        EntryDetails.Header header = stored.header().orElseThrow();
        assertThat(header.kind()).isEqualTo("value");
        assertThat(header.contentType()).contains("text/plain");
        assertThat(header.kept()).contains(LIFE);
        assertThat(header.codecId()).isEqualTo(OptionalInt.of(0));
        assertThat(header.fresh().orElseThrow()).isBetween(Duration.ofSeconds(390), Duration.ofSeconds(400));
        assertThat(header.age()).isBetween(Duration.ofSeconds(200), Duration.ofSeconds(210));
        EntryDetails.Usage usage = stored.usage().orElseThrow();
        assertThat(usage.encoding()).hasValueSatisfying(name -> assertThat(name).isIn("embstr", "raw"));
        assertThat(usage.memoryBytes().orElseThrow()).isGreaterThan(50);
        assertThat(usage.idle()).isPresent();
        assertThat(usage.accessFrequency()).isEmpty();
    }

    @Test
    void inspectingCountsAsNoRead() {
        service.set("k", bytes("v"), LIFE);
        var before = service.stats().hits();

        service.stored().inspect("k");
        service.stored().inspect("absent");

        assertThat(service.stats().hits()).isEqualTo(before);
        assertThat(service.stats().misses()).isZero();
    }

    @Test
    void whatIsNoEntryIsToldAsWhatItIs() {
        service.increment("counter", 7, LIFE);
        redis.command("SET", "cache::foreign", "something else");
        redis.command("RPUSH", "cache::list", "a");
        service.set("damaged", bytes("value"), LIFE);
        redis.command("SETRANGE", "cache::damaged", "33", "X");

        assertThat(stored("counter").format()).isEqualTo(Format.COUNTER);
        assertThat(stored("foreign").format()).isEqualTo(Format.FOREIGN);
        assertThat(stored("foreign").value()).isNull();
        assertThat(stored("list").format()).isEqualTo(Format.OTHER_TYPE);
        assertThat(stored("list").type()).isEqualTo("list");
        assertThat(stored("damaged").format()).isEqualTo(Format.CORRUPT);
        assertThat(stored("damaged").checksumHolds()).contains(false);
        assertThat(service.stored().inspect("absent").stored()).isEmpty();
    }

    @Test
    void whatTheUserMayNotAskIsLeftOut() {
        try (RedisServer strict = RedisServer.builder()
                        .user("app on >secret ~* +@all -object -memory")
                        .start();
                CacheService onIt = CacheService.open(CacheConfig.builder()
                        .url("redis://app:secret@127.0.0.1:" + strict.port())
                        .build())) {
            onIt.set("k", bytes("v"), LIFE);

            EntryDetails.Stored stored = onIt.stored().inspect("k").stored().orElseThrow();

            assertThat(stored.valueBytes()).isEqualTo(OptionalLong.of(1));
            assertThat(stored.usage().orElseThrow().encoding()).isEmpty();
            assertThat(stored.usage().orElseThrow().memoryBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT30S", "PT2H"})
    void aNewLifeKeepsAgeValueAndMediaType(Duration life) {
        service.set("k", bytes("value"), EntryOptions.ttl(LIFE).withContentType("text/plain"));
        redis.command("PEXPIRE", "cache::k", "400000");

        assertThat(service.stored().setLife("k", life)).isTrue();

        Lookup.Hit<byte[]> hit = (Lookup.Hit<byte[]>) service.lookup("k");
        assertThat(hit.valueOrNull()).isEqualTo(bytes("value"));
        assertThat(hit.contentType()).contains("text/plain");
        assertThat(hit.remaining().orElseThrow()).isBetween(life.minusSeconds(10), life);
        assertThat(hit.age()).isBetween(Duration.ofSeconds(200), Duration.ofSeconds(215));
        assertThat(redis.command("PTTL", "cache::k"))
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isBetween(life.toMillis() - 10_000, life.toMillis());
    }

    @Test
    void aLifeWithoutEndIsTakenAndGivenBack() {
        service.set("k", bytes("value"), LIFE);

        assertThat(service.stored().setLife("k", null)).isTrue();
        assertThat(redis.command("PTTL", "cache::k")).isEqualTo(-1L);
        assertThat(service.stored().setLife("k", LIFE)).isTrue();

        assertThat(stored("k").remaining().orElseThrow()).isBetween(LIFE.minusSeconds(10), LIFE);
        assertThat(service.get("k")).isEqualTo(bytes("value"));
    }

    @Test
    void aCounterCountsOnWithItsNewLife() {
        service.increment("c", 5, LIFE);

        assertThat(service.stored().setLife("c", Duration.ofHours(2))).isTrue();

        assertThat(service.increment("c", 1, LIFE)).isEqualTo(6);
        assertThat(stored("c").remaining().orElseThrow()).isGreaterThan(Duration.ofMinutes(110));
    }

    @Test
    void whatIsNoEntryGetsNoLife() {
        redis.command("SET", "cache::foreign", "something else");

        assertThat(service.stored().setLife("absent", LIFE)).isFalse();
        assertThat(service.stored().setLife("foreign", LIFE)).isFalse();
        assertThat(redis.command("PTTL", "cache::foreign")).isEqualTo(-1L);
    }

    private static EntryDetails.Stored stored(String key) {
        return service.stored().inspect(key).stored().orElseThrow();
    }

    private static List<KeyPage> pages(String prefix) {
        List<KeyPage> pages = new ArrayList<>();
        KeyPage page = service.stored().keys(prefix, null);
        pages.add(page);
        while (page.next() != null) {
            page = service.stored().keys(prefix, page.next());
            pages.add(page);
        }
        return pages;
    }

    private static List<String> keys(List<KeyPage> pages) {
        return pages.stream().flatMap(page -> page.keys().stream()).toList();
    }

    private static CacheService open(RedisServer server) {
        return CacheService.open(CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10))
                .build());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
