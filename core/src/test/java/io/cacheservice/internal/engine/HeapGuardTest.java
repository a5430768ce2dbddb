package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EvictionCause;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.engine.HeapGauge.Reading;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.HeapPressure;
import io.cacheservice.internal.local.LocalMap;
import io.cacheservice.internal.local.LocalTier;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A heap of which two local tiers hold a part. */
class HeapGuardTest {
    private static final int ENTRY = 1_000;
    private static final long HEAP = 1_000_000;

    private final AtomicLong nowNanos = new AtomicLong();
    private final TimeSource time = new TimeSource() {
        @Override
        public long nanoTime() {
            return nowNanos.get();
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };
    private final AtomicInteger evictedForHeap = new AtomicInteger();
    private final LocalTier large = full(300_000, MaxMemoryPolicy.ALLKEYS_LFU);
    private final LocalTier small = full(100_000, MaxMemoryPolicy.ALLKEYS_LFU);
    private final LocalTier kept = full(50_000, MaxMemoryPolicy.NOEVICTION);
    private final HeapGuard guard = new HeapGuard(new HeapPressure(0.85), () -> List.of(large, small), time);

    @Test
    void eachTierGivesBackItsPart() {
        guard.collected(new Reading(910_000, HEAP, false));

        assertThat(large.usedBytes()).isBetween(160_000L, 180_000L);
        assertThat(small.usedBytes()).isBetween(50_000L, 60_000L);
        assertThat(large.boundBytes()).isEqualTo(180_000);
        assertThat(evictedForHeap).hasPositiveValue();
    }

    @Test
    void itGivesBackOnceForWhatIsNotCollectedYetAndAgainWhenThatDoesNotHelp() {
        guard.collected(new Reading(910_000, HEAP, false));
        guard.collected(new Reading(910_000, HEAP, false));
        assertThat(large.boundBytes()).isEqualTo(180_000);

        nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        guard.collected(new Reading(910_000, HEAP, false));
        assertThat(large.boundBytes()).isLessThan(100_000);
    }

    @Test
    void anExactReadingIsBelieved() {
        guard.collected(new Reading(910_000, HEAP, true));
        guard.collected(new Reading(910_000, HEAP, true));

        assertThat(large.boundBytes()).isLessThan(100_000);
    }

    @Test
    void aSmallPartIsKeptWhateverTheProgramNeeds() {
        guard.collected(new Reading(HEAP, HEAP, true));
        guard.collected(new Reading(HEAP, HEAP, true));
        guard.collected(new Reading(HEAP, HEAP, true));

        assertThat(large.boundBytes()).isEqualTo(300_000 / 64);
    }

    @Test
    void itGrowsAgainStepByStepUpToWhatIsSet() {
        guard.collected(new Reading(910_000, HEAP, true));
        guard.collected(new Reading(500_000, HEAP, true));
        assertThat(large.boundBytes()).isEqualTo(255_000);

        guard.collected(new Reading(500_000, HEAP, true));
        assertThat(large.boundBytes()).isEqualTo(300_000);
        assertThat(small.boundBytes()).isEqualTo(100_000);
    }

    @Test
    void whatMayNotBeEvictedStays() {
        HeapGuard ofKept = new HeapGuard(new HeapPressure(0.85), () -> List.of(kept), time);

        ofKept.collected(new Reading(HEAP, HEAP, true));

        assertThat(kept.usedBytes()).isEqualTo(50_000);
        assertThat(kept.boundBytes()).isEqualTo(50_000);
    }

    @Test
    void thisJvmTellsOfItsCollections() {
        Reading heap = HeapGauge.ofThisJvm().orElseThrow().read(false);

        assertThat(heap.maxBytes()).isPositive();
        assertThat(heap.usedBytes()).isBetween(0L, heap.maxBytes());
    }

    private LocalTier full(int bytes, MaxMemoryPolicy policy) {
        LocalTier tier = new LocalTier(time, bytes, policy);
        LocalMap<Integer, String> map = tier.newMap((cause, ofOne) -> {
            if (cause == EvictionCause.HEAP) {
                evictedForHeap.incrementAndGet();
            }
        });
        for (int key = 0; key < bytes / ENTRY; key++) {
            map.put(key, entry());
        }
        return tier;
    }

    private static Entry<String> entry() {
        return new Entry<>("v", new Entry.Times(0, Entry.FOR_EVER), 1, ENTRY, Entry.Kind.VALUE, Entry.Notes.NONE, null);
    }
}
