package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimerTest {
    private static void passMillis(long millis) {
        CompletableFuture<@Nullable Void> passed = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> due = Timer.after(millis, () -> passed.complete(null));
        passed.join();
        assertThat(due).isNotDone();
    }

    @Test
    void whatIsCalledOffOrCancelledDoesNotRun() {
        AtomicInteger runs = new AtomicInteger();
        Timer.after(50, runs::incrementAndGet).complete(null);
        Timer.after(50, runs::incrementAndGet).cancel(false);

        passMillis(100);

        assertThat(runs).hasValue(0);
    }

    @Test
    void aTimeIsUpThoughTheCommonPoolIsBusy() {
        CountDownLatch free = new CountDownLatch(1);
        int threads = ForkJoinPool.commonPool().getParallelism() + 1;
        CountDownLatch busy = new CountDownLatch(ForkJoinPool.commonPool().getParallelism());
        try {
            for (int i = 0; i < threads; i++) {
                ForkJoinPool.commonPool().execute(() -> occupy(busy, free));
            }
            busy.await();

            passMillis(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            free.countDown();
        }
    }

    private static void occupy(CountDownLatch busy, CountDownLatch free) {
        busy.countDown();
        try {
            free.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
