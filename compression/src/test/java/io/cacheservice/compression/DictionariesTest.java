package io.cacheservice.compression;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.Tiers;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dictionaries over a real Redis: who trains them, who uses them, and what happens when they go. */
class DictionariesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisServer server = RedisServer.start();
    private final List<CacheService> services = new ArrayList<>();
    private final Documents documents = new Documents(1);

    @AfterEach
    void stop() {
        services.forEach(CacheService::close);
        server.close();
    }

    private CacheConfig.Builder settings() {
        return CacheConfig.builder()
                .url(server.url())
                // a JVM that has yet to load the driver, on a busy machine, may take longer than the 2 s of the default
                .connectTimeout(Duration.ofSeconds(20))
                .readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .defaultTtl(Duration.ofHours(2));
    }

    private CacheService open(CacheConfig.Builder settings) {
        CacheService service = CacheService.open(settings.build());
        services.add(service);
        return service;
    }

    private static Cache<String, String> documents(CacheService service) {
        return service.cache("documents", String.class).tiers(Tiers.REMOTE_ONLY).open();
    }

    /** Puts until values are compressed with a dictionary. */
    private void train(Cache<String, String> cache) {
        documents.next(1_000).forEach(document -> cache.put("sample", document));
        await().atMost(PATIENCE).until(() -> {
            cache.put("probe", documents.next());
            return dictionaryOf("cache:documents:probe") != 0;
        });
    }

    private byte[] stored(String key) {
        return (byte[]) Objects.requireNonNull(server.commandBytes("GET".getBytes(UTF_8), key.getBytes(UTF_8)), key);
    }

    /** The number in the entry's header; 0: none. */
    private int dictionaryOf(String key) {
        byte[] entry = stored(key);
        int kept = (entry[5] & 1) != 0 ? 4 : 0;
        int lives = (entry[5] & 2) != 0 ? 8 : 0;
        int cost = (entry[5] & 8) != 0 ? 4 : 0;
        int schema = (entry[5] & 16) != 0 ? 4 : 0;
        return (entry[5] & 128) == 0 ? 0 : ByteBuffer.wrap(entry).getInt(21 + kept + lives + cost + schema);
    }

    private String dictionaryKey() {
        return "cache:~z:documents:" + String.format("%08x", dictionaryOf("cache:documents:probe"));
    }

    @Test
    void valuesOfTheSameShapeTakeAThird() {
        CacheService service = open(settings());
        Cache<String, String> cache = documents(service);
        train(cache);
        String document = documents.next();
        cache.put("a", document);

        assertThat(stored("cache:documents:a").length - 61).isLessThan(document.length() / 2);
        assertThat(cache.get("a")).isEqualTo(document);
        assertThat(service.stats().compression().trained()).isEqualTo(1);
        assertThat(service.stats().compression().trainingNanos()).isPositive();
    }

    @Test
    void anotherProcessReadsTheFirstValueWithADictionaryItHasNeverSeen() {
        Cache<String, String> first = documents(open(settings()));
        train(first);
        String document = documents.next();
        first.put("a", document);
        CacheService reading = open(settings());

        assertThat(documents(reading).get("a")).isEqualTo(document);
        assertThat(reading.stats().undecodable()).isZero();
    }

    @Test
    void aJvmOfItsOwnReadsThemToo() throws Exception {
        Cache<String, String> cache = documents(open(settings()));
        train(cache);
        String document = documents.next();
        cache.put("a", document);
        assertThat(dictionaryOf("cache:documents:a")).isNotZero();

        assertThat(OtherProcess.read(server.url(), "a")).isEqualTo(document);
    }

    @Test
    void anotherProcessWritesWithTheDictionaryThatIsInUse() {
        train(documents(open(settings())));
        CacheService other = open(settings());
        Cache<String, String> second = documents(other);
        int inUse = dictionaryOf("cache:documents:probe");

        await().atMost(PATIENCE).until(() -> {
            second.put("probe", documents.next());
            return dictionaryOf("cache:documents:probe") == inUse;
        });
        assertThat(other.stats().compression().trained()).isZero();
    }

    @Test
    void manyProcessesThatCouldTrainAtOnceUseOneDictionary() {
        List<Cache<String, String>> caches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            caches.add(documents(open(settings())));
        }
        documents.next(1_000).forEach(document -> caches.forEach(cache -> cache.put("sample", document)));
        await().atMost(PATIENCE)
                .until(() -> caches.stream().allMatch(cache -> {
                    cache.put("probe", documents.next());
                    return dictionaryOf("cache:documents:probe") != 0;
                }));

        assertThat(server.command("KEYS", "cache:~z:documents:*"))
                .asInstanceOf(LIST)
                .hasSize(1);
        assertThat(services.stream()
                        .mapToLong(service -> service.stats().compression().trained())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void theDictionaryOutlivesEveryEntryThatNeedsIt() {
        Cache<String, String> cache = documents(open(settings()));
        train(cache);
        long entryMillis = (Long) Objects.requireNonNull(server.command("PTTL", "cache:documents:probe"));
        long dictionaryMillis = (Long) Objects.requireNonNull(server.command("PTTL", dictionaryKey()));

        assertThat(dictionaryMillis).isGreaterThan(entryMillis);
    }

    @Test
    void anEntryWithoutAnEndHasADictionaryWithoutOne() {
        CacheService service = open(settings());
        Cache<String, String> cache = documents(service);
        train(cache);
        assertThat(server.command("PTTL", dictionaryKey())).isNotEqualTo(-1L);

        await().atMost(PATIENCE).until(() -> {
            cache.put("probe", documents.next(), EntryOptions.noExpiry());
            return dictionaryOf("cache:documents:probe") != 0;
        });

        assertThat(server.command("PTTL", dictionaryKey())).isEqualTo(-1L);
    }

    @Test
    void whereRedisCannotBeAskedForTheDictionaryTheEntryIsAMissAndStays() throws Exception {
        Cache<String, String> first = documents(open(settings()));
        train(first);
        byte[] before = stored("cache:documents:probe");
        server.command(
                "ACL",
                "SETUSER",
                "narrow",
                "on",
                ">narrow-pass",
                "~cache:documents:*",
                "~cache:~[a-y]*",
                "&*",
                "+@all");
        CacheService reading = open(settings().url("redis://narrow:narrow-pass@127.0.0.1:" + server.port()));
        AtomicInteger loads = new AtomicInteger();
        Cache<String, String> second = reading.cache("documents", String.class)
                .tiers(Tiers.REMOTE_ONLY)
                .loader(key -> "load " + loads.incrementAndGet())
                .open();

        assertThat(second.get("probe")).isEqualTo("load 1");
        assertThat(stored("cache:documents:probe")).isEqualTo(before);
    }

    @Test
    void whereTheDictionaryIsGoneItsEntriesAreCountedMissesThatLoadsReplace() {
        Cache<String, String> first = documents(open(settings()));
        train(first);
        server.command("DEL", dictionaryKey());
        AtomicInteger loads = new AtomicInteger();
        CacheService reading = open(settings());
        Cache<String, String> second = reading.cache("documents", String.class)
                .tiers(Tiers.REMOTE_ONLY)
                .loader(key -> "load " + loads.incrementAndGet())
                .open();

        assertThat(second.get("probe")).isEqualTo("load 1");
        assertThat(second.get("probe")).isEqualTo("load 1");
        assertThat(reading.stats().undecodable()).isEqualTo(1);
        assertThat(reading.stats().compression().unknownDictionary()).isPositive();
    }

    @Test
    void whereTheDictionaryIsGoneAndNobodyHoldsItAnotherOneIsTrained() {
        train(documents(open(settings())));
        String gone = dictionaryKey();
        services.forEach(CacheService::close);
        server.command("DEL", gone);

        CacheService next = open(settings());
        train(documents(next));

        assertThat(dictionaryKey()).isNotEqualTo(gone);
        assertThat(next.stats().compression().trained()).isEqualTo(1);
    }

    @Test
    void whoHoldsADictionaryThatWasFlushedPublishesItAgain() {
        CacheService service = open(settings());
        Cache<String, String> cache = documents(service);
        train(cache);
        int before = dictionaryOf("cache:documents:probe");
        String key = dictionaryKey();
        server.command("FLUSHALL");

        // a new process of the fleet finds nothing; the holder looks every half minute
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            cache.put("probe", documents.next());
            return Objects.equals(server.command("EXISTS", key), 1L)
                    && Objects.equals(server.command("EXISTS", "cache:~z:documents"), 1L);
        });
        assertThat(dictionaryOf("cache:documents:probe")).isEqualTo(before);
        assertThat(documents(open(settings())).get("probe")).isNotNull();
        assertThat(service.stats().compression().trained()).isEqualTo(1);
    }

    @Test
    void noPieceOfAnEncryptedValueIsReadableInItsDictionary(@TempDir Path folder) throws IOException {
        Path keys = Files.writeString(folder.resolve("keys"), "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        Cache<String, String> cache = documents(open(settings().encryptionKeysFile(keys.toString())));
        train(cache);

        assertThat(new String(stored(dictionaryKey()), ISO_8859_1)).doesNotContain("preferences");
        assertThat(documents(open(settings().encryptionKeysFile(keys.toString())))
                        .get("probe"))
                .contains("preferences");
        assertThat(documents(open(settings())).get("probe")).isNull();
    }

    @Test
    void byteEntriesHaveADictionaryOfTheirOwn() {
        CacheService service = open(settings());
        documents.nextBytes(1_000).forEach(document -> service.set("sample", document));
        await().atMost(PATIENCE).until(() -> {
            service.set("probe", documents.nextBytes(1).get(0));
            return dictionaryOf("cache::probe") != 0;
        });

        assertThat(service.stored()
                        .inspect("probe")
                        .stored()
                        .orElseThrow()
                        .header()
                        .orElseThrow()
                        .dictionary())
                .contains(String.format("%08x", dictionaryOf("cache::probe")));
        assertThat(new String(
                        Objects.requireNonNull(service.stored()
                                .inspect("probe")
                                .stored()
                                .orElseThrow()
                                .value()),
                        UTF_8))
                .contains("preferences");
    }

    @Test
    void withoutThemNothingOfAValueIsKeptElsewhere() {
        Cache<String, String> cache = open(settings().compression("zstd"))
                .cache("documents", String.class)
                .tiers(Tiers.REMOTE_ONLY)
                .open();
        documents.next(1_200).forEach(document -> cache.put("sample", document));

        assertThat(server.command("KEYS", "cache:~z*")).asInstanceOf(LIST).isEmpty();
    }
}
