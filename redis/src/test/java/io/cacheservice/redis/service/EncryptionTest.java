package io.cacheservice.redis.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import io.cacheservice.EntryDetails;
import io.cacheservice.EntryFormat;
import io.cacheservice.Tiers;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are encrypted in Redis: who reads them, and what happens to those that somebody put there himself. */
class EncryptionTest {
    private static final String ONE = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String TWO = "2 BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER_ONE = "1 CCECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path folder;

    private final RedisServer server = RedisServer.start();
    private final ManualTime time = new ManualTime();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        server.close();
    }

    private Path keys(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CacheConfig.Builder settings() {
        return CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5));
    }

    private CacheService plain() {
        return CacheService.open(settings().build());
    }

    private CacheService encrypting(Path file) {
        return CacheService.builder()
                .config(settings().encryptionKeysFile(file.toString()).build())
                .time(time)
                .open();
    }

    private Cache<String, String> names(CacheService service) {
        return service.cache("names", String.class)
                .tiers(Tiers.REMOTE_ONLY)
                .loader(key -> "load " + loads.incrementAndGet())
                .open();
    }

    private byte[] stored(String key) {
        Object bytes = server.commandBytes("GET".getBytes(UTF_8), key.getBytes(UTF_8));
        return (byte[]) Objects.requireNonNull(bytes, key);
    }

    private void store(String key, byte[] bytes) {
        server.commandBytes("SET".getBytes(UTF_8), key.getBytes(UTF_8), bytes);
    }

    @Test
    void whoHasTheKeyReadsWhatRedisDoesNotShow() {
        Path file = keys("keys", ONE);
        try (CacheService one = encrypting(file);
                CacheService other = encrypting(file)) {
            names(one).put("k", "a secret of somebody");
            one.set("bytes", "another secret".getBytes(UTF_8));

            assertThat(new String(stored("cache:names:k"), ISO_8859_1)).doesNotContain("secret");
            assertThat(new String(stored("cache::bytes"), ISO_8859_1)).doesNotContain("secret");
            assertThat(names(other).get("k")).isEqualTo("a secret of somebody");
            assertThat(other.get("bytes")).isEqualTo("another secret".getBytes(UTF_8));
            assertThat(loads).hasValue(0);
        }
    }

    @Test
    void anInspectionSaysWithWhichKeyAnEntryIsEncrypted() {
        try (CacheService owner = encrypting(keys("keys", TWO));
                CacheService open = plain()) {
            owner.set("sealed", "secret".getBytes(UTF_8));
            open.set("open", "known".getBytes(UTF_8));

            assertThat(encryptedWith(owner, "sealed")).hasValue(2);
            assertThat(encryptedWith(open, "sealed"))
                    .as("it needs no key for that")
                    .hasValue(2);
            assertThat(encryptedWith(owner, "open")).isEmpty();
        }
    }

    private static OptionalInt encryptedWith(CacheService service, String key) {
        EntryDetails.Stored stored = service.stored().inspect(key).stored().orElseThrow();
        return stored.header().orElseThrow().encryptedWith();
    }

    @Test
    void whoHasNoKeyLoadsForHimselfAndLeavesTheEntryAlone() {
        Path file = keys("keys", ONE);
        try (CacheService owner = encrypting(file);
                CacheService stranger = plain();
                CacheService withAnotherNumber = encrypting(keys("others", TWO))) {
            names(owner).put("k", "secret");
            byte[] before = stored("cache:names:k");

            assertThat(names(stranger).get("k")).isEqualTo("load 1");
            assertThat(names(withAnotherNumber).get("k")).isEqualTo("load 2");
            assertThat(stored("cache:names:k")).isEqualTo(before);
            assertThat(names(owner).get("k")).isEqualTo("secret");
        }
    }

    @Test
    void aValueThatIsNotEncryptedIsNoneOfOursAndIsReplaced() {
        try (CacheService forger = plain();
                CacheService owner = encrypting(keys("keys", ONE))) {
            names(forger).put("k", "forged");

            assertThat(names(owner).get("k")).isEqualTo("load 1");
            assertThat(names(owner).get("k")).isEqualTo("load 1");
            assertThat(names(owner).stats().undecodable()).isEqualTo(1);
        }
    }

    @Test
    void aValueInThePlaceOfAnotherIsNoneOfOurs() {
        try (CacheService owner = encrypting(keys("keys", ONE))) {
            Cache<String, String> names = names(owner);
            names.put("ann", "rights of ann");
            names.put("bob", "rights of bob");
            store("cache:names:ann", stored("cache:names:bob"));

            assertThat(names.get("ann")).isEqualTo("load 1");
            assertThat(names.get("bob")).isEqualTo("rights of bob");
        }
    }

    @Test
    void anotherKeyOfTheSameNumberOpensNothing() {
        try (CacheService owner = encrypting(keys("keys", ONE));
                CacheService other = encrypting(keys("others", OTHER_ONE))) {
            names(owner).put("k", "secret");

            assertThat(names(other).get("k")).isEqualTo("load 1");
        }
    }

    @Test
    void keysAreRotatedWithoutARestart() {
        Path file = keys("keys", ONE);
        try (CacheService service = encrypting(file)) {
            Cache<String, String> names = names(service);
            names.put("old", "under one");
            keys("keys", TWO, ONE);
            time.advance(Duration.ofSeconds(2));

            names.put("new", "under two");
            assertThat(names.get("old")).isEqualTo("under one");
            assertThat(names.get("new")).isEqualTo("under two");
            try (CacheService withOneOnly = encrypting(keys("one", ONE))) {
                assertThat(names(withOneOnly).get("new")).isEqualTo("load 1");
            }
            keys("keys", TWO);
            time.advance(Duration.ofSeconds(2));
            assertThat(names.get("old")).as("its key is retired").isEqualTo("load 2");
            assertThat(names.get("new")).isEqualTo("under two");
        }
    }

    @Test
    void anotherLifeNeedsNoKey() {
        Path file = keys("keys", ONE);
        try (CacheService owner = encrypting(file);
                CacheService stranger = plain()) {
            owner.set("k", "secret".getBytes(UTF_8));
            assertThat(stranger.stored().setLife("k", Duration.ofMinutes(5))).isTrue();
            assertThat(owner.get("k")).isEqualTo("secret".getBytes(UTF_8));
        }
    }

    @Test
    void theLargestValueThatIsAllowedFits() {
        CacheConfig config = settings()
                .maxValueBytes(1_000)
                .encryptionKeysFile(keys("keys", ONE).toString())
                .build();
        try (CacheService service = CacheService.open(config)) {
            service.set("k", new byte[1_000]);
            assertThat(service.get("k")).hasSize(1_000);
        }
    }

    @Test
    void aCacheWhoseFormatHasNoPlaceForItIsRefused() {
        try (CacheService service = encrypting(keys("keys", ONE))) {
            assertThatThrownBy(() -> service.cache("raw", String.class)
                            .format(EntryFormat.RAW)
                            .open())
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("'raw'")
                    .hasMessageContaining("encryptionKeysFile");
        }
    }

    @Test
    void keysThatAreNoneStopTheStartAndAreNotShown() {
        Path file = keys("keys", "1 too-short");
        assertThatThrownBy(() -> encrypting(file))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("line 1")
                .message()
                .doesNotContain("too-short");
    }
}
