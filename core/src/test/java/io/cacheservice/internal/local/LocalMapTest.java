package io.cacheservice.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheMemoryException;
import io.cacheservice.EvictionCause;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalMapTest {
    private final Clock clock = new Clock();
    private final List<EvictionCause> evictions = new ArrayList<>();

    @Test
    void anEntryLivesUntilTheMillisecondOfItsDeadline() {
        LocalMap<String, String> map =
                tier(1 << 20, MaxMemoryPolicy.ALLKEYS_LFU).newMap((cause, bytes) -> {});
        map.put("k", entry("v", 100, 250));

        clock.advanceMillis(249);
        assertThat(map.get("k")).isNotNull();
        clock.advanceMillis(1);
        assertThat(map.get("k")).isNull();
    }

    @Test
    void whereReadersJudgeWhatHasEndedStaysUntilSomebodyLetsItGo() {
        LocalMap<String, String> map =
                tier(1 << 20, MaxMemoryPolicy.ALLKEYS_LFU).newMapForJudges((cause, bytes) -> evictions.add(cause));
        map.put("k", entry("v", 100, 250));
        clock.advanceMillis(250);
        assertThat(map.get("k")).isNotNull();

        map.dropExpired("k");

        assertThat(map.get("k")).isNull();
        assertThat(map.bytes()).isZero();
        assertThat(evictions).containsExactly(EvictionCause.EXPIRED);
    }

    @Test
    void whatStillLivesIsNotLetGo() {
        LocalMap<String, String> map =
                tier(1 << 20, MaxMemoryPolicy.ALLKEYS_LFU).newMapForJudges((cause, bytes) -> evictions.add(cause));
        map.put("k", entry("v", 100, 250));
        clock.advanceMillis(249);

        map.dropExpired("k");

        assertThat(map.get("k")).isNotNull();
        assertThat(evictions).isEmpty();
    }

    @Test
    void whatWasRefreshedSaysWhetherItLeavesUnread() {
        LocalMap<String, String> map =
                tier(1 << 20, MaxMemoryPolicy.ALLKEYS_LFU).newMap((cause, bytes) -> {});
        List<String> unread = new ArrayList<>();
        for (String key : List.of("expired", "removed", "replaced", "read")) {
            map.put(key, new RefreshedEntry<>(entry("v", 100, 250), () -> unread.add(key)));
        }
        if (map.get("read") instanceof RefreshedEntry<String> read) {
            read.wasRead();
        }
        map.remove("removed");
        map.put("replaced", entry("w", 100, 1_000));
        assertThat(unread).containsExactly("removed", "replaced");

        clock.advanceMillis(10_000);
        map.cleanUp();
        assertThat(unread).containsExactly("removed", "replaced", "expired");
    }

    @Test
    void withoutEvictionReplacementsThatNeedNoRoomAreNeverRefusedHoweverManyRunAtOnce() throws Exception {
        int writers = 4;
        LocalTier tier = tier(writers * 100L, MaxMemoryPolicy.NOEVICTION);
        LocalMap<Integer, String> map = tier.newMap((cause, bytes) -> {});
        for (int key = 0; key < writers; key++) {
            map.put(key, entry("v", 100, 100_000));
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int key = writer;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        map.put(key, entry("v", 100, 100_000));
                    }
                }));
            }
            for (Future<?> writer : done) {
                writer.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(tier.usedBytes()).isEqualTo(writers * 100L);
        assertThat(map.bytes()).isEqualTo(writers * 100L);
    }

    @Test
    void withoutEvictionBytesAreCountedExactlyThroughEveryKindOfChange() {
        LocalTier tier = tier(1 << 20, MaxMemoryPolicy.NOEVICTION);
        LocalMap<String, String> map = tier.newMap((cause, bytes) -> {});
        map.put("k", entry("v", 100, 1_000));
        map.put("k", entry("v", 300, 1_000));
        map.update("k", before -> entry("v", 50, 1_000));
        map.put("other", entry("v", 70, 10));
        assertThat(tier.usedBytes()).isEqualTo(120);

        clock.advanceMillis(10);
        map.put("other", entry("v", 7, 1_000));
        map.cleanUp();
        assertThat(tier.usedBytes()).isEqualTo(57);
        map.remove("k");
        map.remove("other");
        assertThat(tier.usedBytes()).isZero();
        assertThat(map.bytes()).isZero();
    }

    @Test
    void aShorterDeadlineReplacesALongerOneToTheMillisecond() {
        LocalMap<String, String> map =
                tier(1 << 20, MaxMemoryPolicy.ALLKEYS_LFU).newMap((cause, bytes) -> {});
        map.put("k", entry("long", 100, 900));
        map.put("k", entry("short", 100, 300));

        clock.advanceMillis(299);
        assertThat(map.get("k")).isNotNull();
        clock.advanceMillis(1);
        assertThat(map.get("k")).isNull();
    }

    @Test
    void bytesAreCountedExactlyThroughEveryKindOfChange() {
        LocalTier tier = tier(1 << 30, MaxMemoryPolicy.ALLKEYS_LFU);
        LocalMap<Integer, String> map = tier.newMap((cause, bytes) -> evictions.add(cause));
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 50_000; i++) {
            int key = random.nextInt(300);
            Entry<String> entry = entry("v", random.nextInt(1, 900), random.nextInt(1, 50));
            switch (random.nextInt(5)) {
                case 0, 1 -> map.put(key, entry);
                case 2 -> map.update(key, before -> before == null ? entry : before);
                case 3 -> map.update(key, before -> random.nextBoolean() ? null : entry);
                default -> map.remove(key);
            }
            clock.advanceMillis(random.nextInt(2));
        }

        clock.advanceMillis(3);
        for (int key = 0; key < 300; key++) {
            map.put(key, entry("v", 10 + key, 100_000));
        }
        clock.advanceMillis(3_000);
        map.cleanUp();
        long expected = 0;
        for (int key = 0; key < 300; key++) {
            Entry<String> entry = map.get(key);
            expected += entry == null ? 0 : entry.bytes();
        }
        assertThat(map.bytes()).isEqualTo(expected);
        assertThat(tier.usedBytes()).isEqualTo(expected);
        assertThat(evictions).isNotEmpty().containsOnly(EvictionCause.EXPIRED);
    }

    @Test
    void aFullTierEvictsDownToItsBoundBeforeTheWriteReturns() {
        LocalTier tier = tier(10_000, MaxMemoryPolicy.ALLKEYS_LFU);
        LocalMap<Integer, String> map = tier.newMap((cause, bytes) -> evictions.add(cause));
        for (int key = 0; key < 1_000; key++) {
            map.put(key, entry("v", 100, 1_000));
            assertThat(tier.usedBytes()).isLessThanOrEqualTo(10_000);
        }
        assertThat(evictions).hasSize(900).containsOnly(EvictionCause.SIZE);
    }

    @Test
    void severalMapsShareTheBoundAndNoneStarves() {
        LocalTier tier = tier(100_000, MaxMemoryPolicy.ALLKEYS_LFU);
        LocalMap<Integer, String> first = tier.newMap((cause, bytes) -> {});
        LocalMap<Integer, String> second = tier.newMap((cause, bytes) -> {});
        for (int key = 0; key < 5_000; key++) {
            first.put(key, entry("v", 100, 100_000));
        }
        assertThat(first.bytes()).isGreaterThan(90_000);

        for (int key = 0; key < 5_000; key++) {
            second.put(key, entry("v", 100, 100_000));
            assertThat(tier.usedBytes()).isLessThanOrEqualTo(100_000);
        }
        assertThat(first.bytes()).isBetween(45_000L, 55_000L);
        assertThat(second.bytes()).isBetween(45_000L, 55_000L);
    }

    @Test
    void roomThatOneMapGivesUpIsGivenToTheOther() {
        LocalTier tier = tier(100_000, MaxMemoryPolicy.ALLKEYS_LFU);
        LocalMap<Integer, String> first = tier.newMap((cause, bytes) -> {});
        LocalMap<Integer, String> second = tier.newMap((cause, bytes) -> {});
        for (int key = 0; key < 2_000; key++) {
            first.put(key, entry("v", 100, 100_000));
            second.put(key, entry("v", 100, 100_000));
        }
        for (int key = 0; key < 2_000; key++) {
            first.remove(key);
        }
        for (int key = 2_000; key < 6_000; key++) {
            second.put(key, entry("v", 100, 100_000));
        }
        assertThat(second.bytes()).isGreaterThan(90_000);
    }

    @Test
    void withoutEvictionAWriteThatDoesNotFitIsRefusedAndNothingIsLost() {
        LocalTier tier = tier(1_000, MaxMemoryPolicy.NOEVICTION);
        LocalMap<Integer, String> map = tier.newMap((cause, bytes) -> {});
        for (int key = 0; key < 10; key++) {
            map.put(key, entry("v", 100, 1_000));
        }

        assertThatThrownBy(() -> map.put(10, entry("v", 1, 1_000)))
                .isInstanceOf(CacheMemoryException.class)
                .hasMessageContaining("noeviction")
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> map.update(10, before -> entry("v", 1, 1_000)))
                .isInstanceOf(CacheMemoryException.class);
        assertThat(map.size()).isEqualTo(10);
        assertThat(tier.usedBytes()).isEqualTo(1_000);
    }

    @Test
    void withoutEvictionAWriteMayReplaceWhatFillsTheTier() {
        LocalTier tier = tier(1_000, MaxMemoryPolicy.NOEVICTION);
        LocalMap<Integer, String> map = tier.newMap((cause, bytes) -> {});
        map.put(0, entry("old", 1_000, 50));

        map.put(0, entry("new", 999, 50));

        assertThat(tier.usedBytes()).isEqualTo(999);
    }

    @Test
    void withoutEvictionWhatExpiredSomeSecondsAgoMakesRoom() {
        LocalTier tier = tier(1_000, MaxMemoryPolicy.NOEVICTION);
        LocalMap<Integer, String> map = tier.newMap((cause, bytes) -> {});
        map.put(0, entry("v", 1_000, 50));
        clock.advanceMillis(3_000);

        map.put(1, entry("v", 1_000, 50));

        assertThat(map.get(1)).isNotNull();
        assertThat(tier.usedBytes()).isEqualTo(1_000);
    }

    @Test
    void anEntryLargerThanTheWholeTierIsRefused() {
        LocalMap<Integer, String> map = tier(1_000, MaxMemoryPolicy.ALLKEYS_LFU).newMap((cause, bytes) -> {});

        assertThatThrownBy(() -> map.put(0, entry("v", 1_001, 50)))
                .isInstanceOf(CacheMemoryException.class)
                .hasMessageContaining("1001")
                .hasMessageContaining("maxMemory = 1000");
    }

    private LocalTier tier(long bytes, MaxMemoryPolicy policy) {
        return new LocalTier(clock, bytes, policy);
    }

    private Entry<String> entry(String value, int bytes, int ttlMillis) {
        long end = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ttlMillis);
        return new Entry<>(
                value, new Entry.Times(clock.nanoTime(), end), 1, bytes, Entry.Kind.VALUE, Entry.Notes.NONE, null);
    }

    private static final class Clock implements TimeSource {
        private final AtomicLong nanos = new AtomicLong(1_000_000_007);

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public long epochMillis() {
            return TimeUnit.NANOSECONDS.toMillis(nanos.get());
        }

        void advanceMillis(long millis) {
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }
}
