package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookupSliceTest {
    private static final long BURNT_NANOS = 50_000_000;

    @Test
    void cpuTimeOfAThreadThatBeganWithinTheSliceCounts() throws Exception {
        CountDownLatch burnt = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        Thread housekeeping = new Thread(() -> burn(burnt, looked));
        AtomicLong operations = new AtomicLong();
        LookupLoop loop = (keys, from, to) -> {
            if (operations.getAndAdd(to - from) == 0) {
                housekeeping.start();
                await(burnt);
            }
            return 0;
        };

        Map<Metric, Double> metrics =
                new LookupSlice(loop, List.<String[]>of(new String[1024])).run(Duration.ofNanos(1));
        looked.countDown();
        housekeeping.join();

        assertThat(metrics.getOrDefault(Metric.CPU_NANOS_PER_OPERATION, 0.0) * operations.get())
                .isGreaterThanOrEqualTo(BURNT_NANOS);
    }

    private static void burn(CountDownLatch burnt, CountDownLatch looked) {
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < BURNT_NANOS) {
            Thread.onSpinWait();
        }
        burnt.countDown();
        await(looked);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
