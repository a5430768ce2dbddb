package io.cacheservice.redis.zones;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.EntryFormat;
import io.cacheservice.ReadOptions;
import io.cacheservice.WriteOutcome;
import io.cacheservice.ZoneStats;
import io.cacheservice.testkit.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is promised of a cache that is held by several zones. */
class ZonesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TwoZones zones = new TwoZones();

    @AfterEach
    void stop() {
        zones.close();
    }

    @Test
    void aValueIsWrittenToAllZonesAndReadInTheNearest() {
        zones.inA.service.set("k", bytes("v"), HOUR);

        assertThat(stored("a", "k")).isEqualTo(stored("b", "k")).isNotNull();
        zones.inB.toA.cut();
        assertThat(text(zones.inB.service.get("k"))).isEqualTo("v");
    }

    @Test
    void aRemovalIsOneInAllZones() {
        zones.inA.service.set("k", bytes("v"), HOUR);
        zones.inB.service.delete("k");

        assertThat(stored("a", "k")).isNull();
        assertThat(stored("b", "k")).isNull();
        assertThat(zones.inA.service.get("k")).isNull();
    }

    @Test
    void anotherZoneAnswersAndTakesWritesWhileTheNearestIsAway() {
        zones.inA.service.set("k", bytes("v1"), HOUR);
        zones.a.kill();
        awaitDown();

        assertThat(text(zones.inA.service.get("k"))).isEqualTo("v1");
        assertThat(zones.inA.service.set("k", bytes("v2"), HOUR)).isEqualTo(WriteOutcome.APPLIED);
        assertThat(text(zones.inA.service.get("k"))).isEqualTo("v2");
        assertThat(zones.inA.zone("a")).isEqualTo(new ZoneStats("a", true, false, 1));
    }

    @Test
    void aZoneIsReadAgainOnlyAfterWhatItMissedIsRemovedThere() {
        Cache<String, String> cache =
                zones.inA.service.cache("names", String.class).open();
        cache.put("k", "v1");
        zones.inA.toA.refuse();
        zones.inA.toA.cut();
        awaitDown();
        cache.put("k", "v2");
        assertThat(zones.a.command("EXISTS", "cache:names:k")).isEqualTo(1L);

        zones.inA.toA.heal();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    assertThat(cache.get("k", ReadOptions.latest())).isEqualTo("v2"); // at no time anything else
                    return Long.valueOf(0).equals(zones.a.command("EXISTS", "cache:names:k"));
                });
        zones.inA.awaitTrust("a");
        assertThat(cache.get("k", ReadOptions.latest())).isEqualTo("v2");
        assertThat(zones.inA.zone("a")).isEqualTo(new ZoneStats("a", true, true, 0));
    }

    @Test
    void whoCanReachAZoneThatMissedAChangeBelievesItNoLongerThanMaxStaleness() {
        Cache<String, String> writer =
                zones.inB.service.cache("names", String.class).open();
        Cache<String, String> reader =
                zones.inA.service.cache("names", String.class).open();
        writer.put("k", "old");
        assertThat(reader.get("k")).isEqualTo("old"); // and keeps a copy that its zone vouches for
        zones.inB.toA.refuse();
        zones.inB.toA.cut();

        writer.put("k", "new");
        long written = System.nanoTime();

        Awaitility.await().until(() -> System.nanoTime() - written > TwoZones.MAX_STALENESS.toNanos());
        assertThat(reader.get("k")).isEqualTo("new");
        assertThat(zones.inA.zone("a").trusted()).isFalse();
    }

    @Test
    void aLateZoneIsTrustedAgainSoonAfterItHasCaughtUp() {
        zones.inB.service.set("k", bytes("v1"), HOUR);
        zones.inB.toA.refuse();
        zones.inB.toA.cut();
        Awaitility.await().untilAsserted(() -> {
            zones.inB.service.set("k", bytes("v2"), HOUR);
            assertThat(zones.inB.zone("a").owed()).isEqualTo(1);
        });
        Awaitility.await().until(() -> !zones.inA.zone("a").trusted());

        zones.inB.toA.heal();
        zones.inA.awaitTrust("a");
        zones.inB.awaitTrust("a");
        assertThat(text(zones.inA.service.get("k"))).isEqualTo("v2");
    }

    @Test
    void aValueThatNoSourceKnowsIsFoundInAnotherZoneWhenTheNearestHasLostIt() {
        zones.inA.service.set("session", bytes("of Ada"), HOUR);
        zones.a.command("FLUSHALL");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(text(zones.inA.service.get("session"))).isEqualTo("of Ada"));
        assertThat(zones.inA.service.getAll(List.of("session", "other"))).containsOnlyKeys("session");
    }

    @Test
    void eachZoneLoadsAKeyOnceAndAnInvalidationIsHeardInAll() {
        AtomicInteger loads = new AtomicInteger();
        Cache<String, Integer> near = zones.inA
                .service
                .cache("versions", Integer.class)
                .loader(key -> loads.incrementAndGet())
                .open();
        Cache<String, Integer> far = zones.inB
                .service
                .cache("versions", Integer.class)
                .loader(key -> loads.incrementAndGet())
                .open();
        assertThat(near.get("k")).isEqualTo(1);
        assertThat(far.get("k")).isEqualTo(2);
        assertThat(near.get("k")).isEqualTo(1);

        near.invalidate("k");
        assertThat(near.get("k")).isEqualTo(3);
        Awaitility.await().untilAsserted(() -> assertThat(far.get("k")).isEqualTo(4));
    }

    @Test
    void tagsAndClearVoidEntriesInAllZones() {
        Cache<String, String> near = zones.inA
                .service
                .cache("names", String.class)
                .tags((k, v) -> Set.of("all"))
                .open();
        Cache<String, String> far = zones.inB
                .service
                .cache("names", String.class)
                .tags((k, v) -> Set.of("all"))
                .open();
        near.put("k", "v");
        assertThat(far.get("k")).isEqualTo("v");

        far.invalidateTag("all");
        assertThat(far.get("k")).isNull();
        Awaitility.await().untilAsserted(() -> assertThat(near.get("k")).isNull());

        near.put("k", "w");
        Awaitility.await().untilAsserted(() -> assertThat(far.get("k")).isEqualTo("w"));
        near.clear();
        assertThat(near.get("k")).isNull();
        Awaitility.await().untilAsserted(() -> assertThat(far.get("k")).isNull());
    }

    @Test
    void aTagThatALateZoneHasNotHeardOfIsVoidForThoseWhoReadThere() {
        Cache<String, String> reader = zones.inA
                .service
                .cache("names", String.class)
                .tags((k, v) -> Set.of("all"))
                .open();
        Cache<String, String> writer = zones.inB
                .service
                .cache("names", String.class)
                .tags((k, v) -> Set.of("all"))
                .open();
        writer.put("k", "v");
        assertThat(reader.get("k")).isEqualTo("v");
        zones.inB.toA.refuse();
        zones.inB.toA.cut();

        writer.invalidateTag("all");
        Awaitility.await().untilAsserted(() -> assertThat(reader.get("k")).isNull());
        zones.inB.toA.heal();
        zones.inA.awaitTrust("a");
        assertThat(reader.get("k")).isNull();
    }

    @Test
    void whatOnlyOneCanDecideTheFirstZoneDecidesForAll() {
        assertThat(zones.inB.service.setIfAbsent("lock", bytes("b"), HOUR)).isTrue();
        assertThat(zones.inA.service.setIfAbsent("lock", bytes("a"), HOUR)).isFalse();
        assertThat(text(zones.inA.service.get("lock"))).isEqualTo("b");
        assertThat(text(zones.inB.service.get("lock"))).isEqualTo("b");

        assertThat(zones.inA.service.increment("visits", 1, HOUR)).isEqualTo(1);
        assertThat(zones.inB.service.increment("visits", 1, HOUR)).isEqualTo(2);
        assertThat(text(zones.inB.service.getAndDelete("lock"))).isEqualTo("b");
        Awaitility.await().until(() -> zones.inA.service.get("lock") == null);
    }

    @Test
    void whatOnlyOneCanDecideFailsWhileTheFirstZoneIsAway() {
        zones.a.kill();
        awaitDown();

        assertThatThrownBy(() -> zones.inB.service.setIfAbsent("lock", bytes("b"), HOUR))
                .isInstanceOf(CacheConnectionException.class);
        assertThat(stored("b", "lock")).isNull();
    }

    @Test
    void aKeyWrittenOnBothSidesOfASplitIsGoneWhenItHasHealed() {
        zones.inA.toB.refuse();
        zones.inA.toB.cut();
        zones.inB.toA.refuse();
        zones.inB.toA.cut();
        Awaitility.await().untilAsserted(() -> {
            zones.inA.service.set("k", bytes("of a"), HOUR);
            zones.inB.service.set("k", bytes("of b"), HOUR);
            assertThat(zones.inA.zone("b").owed() + zones.inB.zone("a").owed()).isEqualTo(2);
        });
        assertThat(text(zones.inA.service.get("k"))).isEqualTo("of a");
        assertThat(text(zones.inB.service.get("k"))).isEqualTo("of b");

        zones.inA.toB.heal();
        zones.inB.toA.heal();
        Awaitility.await().untilAsserted(() -> {
            assertThat(stored("a", "k")).isNull();
            assertThat(stored("b", "k")).isNull();
        });
    }

    @Test
    void aWriterWhoIsLateInAnotherZoneDoesNotLeaveItsValueThereBesideANewerOne() {
        zones.inA.service.set("k", bytes("v0"), HOUR); // all connections are there
        zones.inB.service.set("k", bytes("v0"), HOUR);
        zones.inA.toB.hold(Direction.TO_SERVER);
        CompletableFuture<WriteOutcome> late =
                zones.inA.service.async().set("k", bytes("late"), HOUR).toCompletableFuture();
        zones.inB.service.set("k", bytes("other"), HOUR);
        zones.inA.toB.heal();

        assertThat(late.join()).isEqualTo(WriteOutcome.APPLIED);
        assertThat(stored("a", "k")).isEqualTo(stored("b", "k")).isNotNull();
    }

    @Test
    void keysAreListedInTheNearestZone() {
        zones.inA.service.set("user:1", bytes("v"), HOUR);
        assertThat(zones.inB.service.stored().keys("user:", null).toString()).contains("user:1");
    }

    @Test
    void aCacheInAFormatWithoutMarksIsRefused() {
        assertThatThrownBy(() -> zones.inA
                        .service
                        .cache("raw", String.class)
                        .format(EntryFormat.RAW)
                        .open())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("'raw'")
                .hasMessageContaining("FRAMED");
    }

    private void awaitDown() {
        Awaitility.await()
                .until(() -> zones.inA.service.stats().connections().stream()
                        .anyMatch(connection -> !connection.lastError().isEmpty()));
    }

    private @Nullable Object stored(String zone, String key) {
        return (zone.equals("a") ? zones.a : zones.b).command("GET", "cache::" + key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
