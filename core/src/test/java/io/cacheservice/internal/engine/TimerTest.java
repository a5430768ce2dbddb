package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimerTest {
    private static final long HOUR_MILLIS = 3_600_000;

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void whatIsCalledOffDoesNotRun() {
        Timer.after(HOUR_MILLIS, runs::incrementAndGet).complete(null);
        CompletableFuture<?> timer = Timer.after(HOUR_MILLIS, runs::incrementAndGet);
        timer.cancel(false);
        assertThat(ForkJoinPool.commonPool().awaitQuiescence(1, TimeUnit.MINUTES))
                .isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void whatIsNotCalledOffRuns() throws Exception {
        CompletableFuture<Integer> ran = new CompletableFuture<>();
        CompletableFuture<?> timer = Timer.after(1, () -> ran.complete(runs.incrementAndGet()));
        assertThat(ran.get(1, TimeUnit.MINUTES)).isEqualTo(1);
        assertThat(timer).isCompletedExceptionally();
    }
}
