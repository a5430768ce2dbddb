package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import io.cacheservice.ConnectionStats;
import io.cacheservice.Tiers;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalidations outlive the process that owes them. */
class DiskJournalTest {
    private final RedisServer server = RedisServer.start();
    private final AtomicInteger version = new AtomicInteger(1);

    @TempDir
    Path folder;

    private Path journal;

    @BeforeEach
    void nameTheJournal() {
        journal = folder.resolve("owed.journal");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CacheConfig.Builder settings() {
        return CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10));
    }

    private CacheService openWithJournal() {
        return CacheService.open(settings().journalFile(journal.toString()).build());
    }

    private Cache<String, Integer> cache(CacheService service) {
        return service.cache("versions", Integer.class)
                .tiers(Tiers.REMOTE_ONLY)
                .tags((key, value) -> key.startsWith("tagged") ? Set.of("t") : Set.of())
                .loader(key -> version.get())
                .open();
    }

    private void loadAndLeaveRedis(String... keys) {
        try (CacheService service = CacheService.open(settings().build())) {
            cache(service).getAll(List.of(keys));
        }
        server.command("SAVE");
        server.kill();
    }

    private static void awaitConnected(CacheService service) {
        Awaitility.await()
                .until(() -> service.stats().connections().stream()
                        .anyMatch(lane -> lane.state() == ConnectionStats.State.READY));
    }

    @Test
    void whatWasInvalidatedByAProcessThatWasKilledIsNeverReadAgain() throws IOException {
        loadAndLeaveRedis("k", "other", "tagged");
        try (JournalingProcess process = JournalingProcess.start(server.url(), journal, "k", "t")) {
            assertThat(process.says()).isEqualTo("QUEUED QUEUED");
        }
        version.set(2);
        server.restart();
        assertThat(server.command("EXISTS", "cache:versions:k")).isEqualTo(1L);

        try (CacheService service = openWithJournal()) {
            Cache<String, Integer> cache = cache(service);
            assertThat(cache.get("k")).isEqualTo(2);
            assertThat(cache.get("tagged")).isEqualTo(2);
            Awaitility.await().untilAsserted(() -> {
                assertThat(cache.get("k")).isEqualTo(2);
                assertThat(cache.get("tagged")).isEqualTo(2);
                assertThat(service.stats().journaled()).isZero();
            });
        }
        version.set(3);
        try (CacheService another = CacheService.open(settings().build())) {
            Cache<String, Integer> cache = cache(another);
            assertThat(cache.get("k")).as("the old value is gone").isIn(2, 3);
            assertThat(cache.get("tagged")).isIn(2, 3);
            assertThat(cache.get("other")).as("what nobody invalidated").isEqualTo(1);
        }
    }

    @Test
    void aKeyThatIsOwedSinceBeforeIsAMissFromTheFirstRead() {
        loadAndLeaveRedis("k");
        try (CacheService service = openWithJournal()) {
            assertThat(cache(service).invalidate("k")).isEqualTo(WriteOutcome.QUEUED);
        }
        version.set(2);
        server.restart();
        server.command("CLIENT", "PAUSE", "60000", "WRITE"); // no removal is delivered, reads are answered

        try (CacheService service = CacheService.open(settings()
                .journalFile(journal.toString())
                .writeTimeout(Duration.ofMillis(100))
                .build())) {
            Cache<String, Integer> cache = cache(service);
            for (int i = 0; i < 5; i++) {
                assertThat(cache.get("k")).isEqualTo(2);
            }
            assertThat(service.stats().journaled()).isEqualTo(1);
            server.command("CLIENT", "UNPAUSE");
            Awaitility.await().until(() -> service.stats().journaled() == 0);
            assertThat(cache.get("k")).isEqualTo(2);
        }
    }

    @Test
    void aDamagedJournalClearsTheCachesThatItIsAbout() throws IOException {
        loadAndLeaveRedis("lost", "untouched");
        try (CacheService service = openWithJournal()) {
            assertThat(cache(service).invalidate("lost")).isEqualTo(WriteOutcome.QUEUED);
        }
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length - 6]++; // in the key
        Files.write(journal, bytes);
        version.set(2);
        server.restart();

        try (CacheService service = openWithJournal()) {
            Cache<String, Integer> cache = cache(service);
            assertThat(cache.get("lost")).isEqualTo(2);
            assertThat(cache.get("untouched")).isEqualTo(2);
            Awaitility.await().until(() -> service.stats().journaled() == 0);
            assertThat(cache.get("lost")).isEqualTo(2);
        }
    }

    @Test
    void deliveredInvalidationsAreNotRepeatedByTheNextProcess() {
        loadAndLeaveRedis("k");
        try (CacheService service = openWithJournal()) {
            assertThat(cache(service).invalidate("k")).isEqualTo(WriteOutcome.QUEUED);
            server.restart();
            Awaitility.await().until(() -> service.stats().journaled() == 0);
        }

        try (CacheService service = openWithJournal()) {
            assertThat(service.stats().journaled()).isZero();
        }
    }

    @Test
    void aServiceThatCouldNotBeOpenedLetsGoOfTheFile() throws IOException {
        Path noKeys = Files.writeString(folder.resolve("keys"), "no key");
        CacheConfig wrong = settings()
                .journalFile(journal.toString())
                .encryptionKeysFile(noKeys.toString())
                .build();
        assertThatThrownBy(() -> CacheService.open(wrong)).hasMessageContaining("encryptionKeysFile");
        CacheConfig refused = settings()
                .url(server.url() + "/9999")
                .journalFile(journal.toString())
                .build();
        assertThatThrownBy(() -> CacheService.open(refused)).hasMessageContaining("db");

        try (CacheService service = openWithJournal()) {
            awaitConnected(service);
        }
    }

    @Test
    void twoServicesCannotShareAFile() {
        try (CacheService service = openWithJournal()) {
            assertThatThrownBy(this::openWithJournal)
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining(journal.getFileName().toString())
                    .hasMessageContaining("Each service needs a file of its own");
            awaitConnected(service);
        }
    }
}
