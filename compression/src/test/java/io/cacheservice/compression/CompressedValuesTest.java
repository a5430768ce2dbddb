package io.cacheservice.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats.CompressionStats;
import io.cacheservice.Compression;
import io.cacheservice.EntryDetails;
import io.cacheservice.EntryFormat;
import io.cacheservice.EntryOptions;
import io.cacheservice.Reason;
import io.cacheservice.Tiers;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values over a real Redis, compressed without dictionaries. */
class CompressedValuesTest {
    private static final RedisServer SERVER = RedisServer.start();
    /** In the second byte of the flags: set together they are no way that there is. */
    private static final byte BOTH_WAYS = 0x60;

    private static final String TEXT = "to be, or not to be, that is the question; ".repeat(40);

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void clear() {
        SERVER.command("FLUSHALL");
    }

    private static CacheConfig.Builder settings(Compression choice) {
        return CacheConfig.builder()
                .url(SERVER.url())
                .readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .compression(choice.name().toLowerCase(Locale.ROOT));
    }

    private static CacheService open(Compression choice) {
        return CacheService.open(settings(choice).build());
    }

    private CacheService encrypting(Compression choice) {
        try {
            Path keys = Files.writeString(folder.resolve("keys"), "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
            return CacheService.open(
                    settings(choice).encryptionKeysFile(keys.toString()).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cache<String, String> texts(CacheService service) {
        return service.cache("texts", String.class).tiers(Tiers.REMOTE_ONLY).open();
    }

    private static byte[] stored(String key) {
        return (byte[]) Objects.requireNonNull(SERVER.commandBytes("GET".getBytes(UTF_8), key.getBytes(UTF_8)), key);
    }

    private static CompressionStats counted(CacheService service) {
        return service.stats().compression();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void valuesOfAllSizesComeBackWhateverWayIsChosen(Compression choice) {
        Random random = new Random(1);
        try (CacheService service = open(choice);
                CacheService other = open(Compression.NONE)) {
            Map<String, byte[]> values = new LinkedHashMap<>();
            for (int i = 0; i < 300; i++) {
                byte[] value = new byte[random.nextInt(1 << random.nextInt(16))];
                random.nextBytes(value);
                Arrays.fill(value, 0, random.nextInt(value.length + 1), (byte) 'x');
                values.put("k" + i, value);
            }
            service.setAll(values, Duration.ofHours(1));

            values.forEach((key, value) -> assertThat(other.get(key)).isEqualTo(value));
            service.getAll(values.keySet())
                    .forEach((key, value) -> assertThat(value).isEqualTo(values.get(key)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"AUTO", "LZ4", "ZSTD"})
    void whatRepeatsItselfTakesAFractionInRedisAndIsCounted(Compression choice) {
        try (CacheService service = open(choice)) {
            Cache<String, String> texts = texts(service);
            texts.put("a", TEXT);

            assertThat(stored("cache:texts:a")).hasSizeLessThan(250);
            assertThat(texts.get("a")).isEqualTo(TEXT);
            assertThat(counted(service).compressed()).isEqualTo(1);
            assertThat(counted(service).plainBytes()).isEqualTo(TEXT.length());
            assertThat(counted(service).savedBytes()).isGreaterThan(TEXT.length() * 9L / 10);
        }
    }

    @Test
    void whatIsShortOrDoesNotGetShorterIsStoredAsItIs() {
        byte[] noise = new byte[2_000];
        new Random(2).nextBytes(noise);
        try (CacheService service = open(Compression.AUTO)) {
            service.set("short", "x".repeat(63).getBytes(UTF_8));
            service.set("noise", noise);
            service.set("picture", new byte[2_000], EntryOptions.defaults().withContentType("image/png"));

            assertThat(stored("cache::short")).hasSize(63 + 25);
            assertThat(stored("cache::noise")).hasSizeGreaterThan(2_000);
            assertThat(stored("cache::picture")).hasSizeGreaterThan(2_000);
            assertThat(counted(service).leftAsTheyWere()).isEqualTo(3);
        }
    }

    @Test
    void afterManyThatDoNotGetShorterFewAreTried() {
        Random random = new Random(3);
        try (CacheService service = open(Compression.AUTO)) {
            for (int i = 0; i < 100; i++) {
                byte[] noise = new byte[1_000];
                random.nextBytes(noise);
                service.set("n" + i, noise);
            }
            for (int i = 0; i < 32; i++) {
                service.set("t" + i, TEXT.getBytes(UTF_8));
            }

            // each is a probe with a chance of 1 in 64; every one of the 32 being one has none
            assertThat(counted(service).compressed()).isLessThan(32);
        }
    }

    @Test
    void inspectShowsTheWayAndTheValueAsItWas() {
        try (CacheService service = open(Compression.LZ4)) {
            service.set("a", TEXT.getBytes(UTF_8));
            EntryDetails.Stored stored = service.stored().inspect("a").stored().orElseThrow();

            assertThat(stored.header().orElseThrow().compression()).contains("lz4");
            assertThat(stored.header().orElseThrow().dictionary()).isEmpty();
            assertThat(stored.value()).isEqualTo(TEXT.getBytes(UTF_8));
            assertThat(stored.storedBytes().orElseThrow()).isLessThan(250);
        }
    }

    @Test
    void encryptedValuesAreCompressedBefore() {
        try (CacheService service = encrypting(Compression.ZSTD)) {
            Cache<String, String> texts = texts(service);
            texts.put("a", TEXT);

            assertThat(stored("cache:texts:a")).hasSizeLessThan(250);
            assertThat(texts.get("a")).isEqualTo(TEXT);
        }
    }

    @Test
    void anEncryptedEntryWhoseWayWasChangedIsAMiss() {
        try (CacheService service = encrypting(Compression.ZSTD)) {
            Cache<String, String> texts = texts(service);
            texts.put("a", TEXT);
            byte[] bytes = stored("cache:texts:a");
            bytes[5] ^= BOTH_WAYS;
            store("cache:texts:a", sealed(bytes));

            assertThat(texts.get("a")).isNull();
        }
    }

    @Test
    void tagsLivesAndConditionsHoldForCompressedEntries() {
        try (CacheService service = open(Compression.ZSTD)) {
            Cache<String, String> texts = service.cache("texts", String.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .tags((key, value) -> Set.of("plays"))
                    .ttl(Duration.ofHours(1))
                    .open();
            texts.put("a", TEXT);
            assertThat(texts.putIfAbsent("a", "other")).isFalse();
            assertThat(texts.get("a")).isEqualTo(TEXT);
            texts.invalidateTag("plays");
            assertThat(texts.get("a")).isNull();
        }
    }

    @Test
    void aLongerLifeKeepsTheCompressedValue() {
        try (CacheService service = open(Compression.LZ4)) {
            service.set("a", TEXT.getBytes(UTF_8));
            service.stored().setLife("a", Duration.ofHours(3));

            assertThat(service.get("a")).isEqualTo(TEXT.getBytes(UTF_8));
        }
    }

    @Test
    void copiesInThisProcessCountAsLargeAsTheyAre() {
        try (CacheService service = open(Compression.ZSTD)) {
            Cache<String, String> texts = service.cache("texts", String.class)
                    .tiers(Tiers.BOTH)
                    .maxStaleness(Duration.ofMinutes(1))
                    .open();
            texts.put("a", TEXT);
            texts.get("a");
            texts.get("a");

            assertThat(service.stats().localBytes()).isGreaterThan(TEXT.length());
        }
    }

    @Test
    void aValueThatWouldBeTooBigIsAMissBeforeRoomIsMadeForIt() {
        byte[] zeros = new byte[64 << 20];
        try (CacheService large = CacheService.open(
                        settings(Compression.ZSTD).maxValueBytes(128L << 20).build());
                CacheService service = open(Compression.NONE)) {
            large.set("bomb", zeros);
            assertThat(stored("cache::bomb")).hasSizeLessThan(10_000);

            assertThat(service.lookup("bomb").reason()).isEqualTo(Reason.UNDECODABLE);
            assertThat(large.get("bomb")).hasSize(zeros.length);
        }
    }

    @Test
    void anEntryThatClaimsMoreThanItHoldsIsAMiss() {
        try (CacheService service = open(Compression.LZ4)) {
            service.set("a", TEXT.getBytes(UTF_8));
            byte[] bytes = stored("cache::a");
            int payload = ByteBuffer.wrap(bytes).getShort(6);
            ByteBuffer.wrap(bytes).putInt(payload, TEXT.length() + 1);
            store("cache::a", sealed(bytes));

            assertThat(service.lookup("a").reason()).isEqualTo(Reason.UNDECODABLE);
        }
    }

    @Test
    void noChangedBitGivesAnotherValue() {
        Random random = new Random(4);
        try (CacheService service = open(Compression.ZSTD)) {
            service.set("a", TEXT.getBytes(UTF_8));
            byte[] bytes = stored("cache::a");
            for (int i = 0; i < 500; i++) {
                byte[] damaged = bytes.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                store("cache::a", damaged);
                assertThat(service.get("a")).isNull();
            }
        }
    }

    @Test
    void aWayOfALaterVersionIsAMissThatNoLoadReplaces() {
        AtomicInteger loads = new AtomicInteger();
        try (CacheService service = open(Compression.ZSTD)) {
            Cache<String, String> texts = service.cache("texts", String.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .loader(key -> "load " + loads.incrementAndGet())
                    .open();
            texts.put("a", TEXT);
            byte[] bytes = stored("cache:texts:a");
            bytes[5] |= BOTH_WAYS;
            byte[] later = sealed(bytes);
            store("cache:texts:a", later);

            assertThat(texts.get("a")).isEqualTo("load 1");
            assertThat(stored("cache:texts:a")).isEqualTo(later);
        }
    }

    @Test
    void aCacheChoosesForItself() {
        try (CacheService service = open(Compression.NONE)) {
            service.cache("plain", String.class).tiers(Tiers.REMOTE_ONLY).open().put("a", TEXT);
            service.cache("short", String.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .compression(Compression.LZ4)
                    .open()
                    .put("a", TEXT);

            assertThat(stored("cache:plain:a")).hasSizeGreaterThan(TEXT.length());
            assertThat(stored("cache:short:a")).hasSizeLessThan(300);
        }
    }

    @Test
    void formatRawHasNoPlaceForIt() {
        try (CacheService service = open(Compression.ZSTD)) {
            service.cache("raw", String.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .format(EntryFormat.RAW)
                    .open()
                    .put("a", TEXT);
            assertThat(stored("cache:raw:a")).isEqualTo(TEXT.getBytes(UTF_8));

            assertThatThrownBy(() -> service.cache("other", String.class)
                            .tiers(Tiers.REMOTE_ONLY)
                            .format(EntryFormat.RAW)
                            .compression(Compression.LZ4)
                            .open())
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("cache 'other'")
                    .hasMessageContaining("FRAMED");
        }
    }

    private static void store(String key, byte[] bytes) {
        SERVER.commandBytes(
                List.of("SET".getBytes(UTF_8), key.getBytes(UTF_8), bytes).toArray(byte[][]::new));
    }

    /** With the checksum that an attacker would compute. */
    private static byte[] sealed(byte[] entry) {
        byte[] copy = entry.clone();
        ByteBuffer.wrap(copy).putInt(16, 0);
        CRC32C checksum = new CRC32C();
        checksum.update(copy);
        ByteBuffer.wrap(copy).putInt(16, (int) checksum.getValue());
        return copy;
    }
}
