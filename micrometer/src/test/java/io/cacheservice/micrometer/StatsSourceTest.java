package io.cacheservice.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheStats;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatsSourceTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger taken = new AtomicInteger();
    private final Object measured = new Object();
    private boolean closed;

    private final StatsSource<Object, CacheStats> source =
            new StatsSource<>(measured, any -> take(), StatsSource.NOTHING, nanoTime::get);

    @Test
    void allMetersOfAReadingShareOneSnapshot() {
        source.stats();
        nanoTime.addAndGet(StatsSource.REUSE_NANOS - 1);
        source.stats();

        assertThat(taken).hasValue(1);
    }

    @Test
    void theNextReadingTakesANewSnapshot() {
        source.stats();
        nanoTime.addAndGet(StatsSource.REUSE_NANOS);

        assertThat(source.stats().puts()).isEqualTo(2);
    }

    @Test
    void afterTheEndTheLastSnapshotStays() {
        source.stats();
        closed = true;
        nanoTime.addAndGet(StatsSource.REUSE_NANOS);

        assertThat(source.stats().puts()).isEqualTo(1);
    }

    @Test
    void whatEndedBeforeTheFirstReadingHasDoneNothing() {
        closed = true;

        assertThat(source.stats()).isEqualTo(StatsSource.NOTHING);
    }

    private CacheStats take() {
        if (closed) {
            throw new CacheClosedException("the service is closed");
        }
        return Samples.withPuts(taken.incrementAndGet());
    }
}
