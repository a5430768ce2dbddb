package io.cacheservice.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A number of callers, each of which calls again as soon as it has its answer: throughput, latency, and the CPU time that
 * client and server spent on it.
 *
 * <p>A first part of the slice lets queues and pools fill and is not counted.
 */
public final class ClosedLoopSlice implements Slice {
    private static final int SETTLING_SHARE = 4;
    private static final long LONGEST_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Call call;
    private final String[] keys;
    private final int callers;
    private final CallerThreads kind;
    private final ServerCpu server;

    /** One call under a key. At tens of microseconds a call, one call site shared by all subjects costs nothing visible. */
    @FunctionalInterface
    public interface Call {
        void run(String key) throws Exception;
    }

    /** {@code callers} threads that pick from {@code keys} at random, each key as likely as another. */
    public ClosedLoopSlice(Call call, String[] keys, int callers, CallerThreads kind, ServerCpu server) {
        this.call = call;
        this.keys = keys.clone();
        this.callers = callers;
        this.kind = kind;
        this.server = server;
    }

    @Override
    public Map<Metric, Double> run(Duration length) throws InterruptedException {
        Run run = new Run();
        List<Histogram> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < callers; i++) {
            Histogram latency = new Histogram(LONGEST_LATENCY_NANOS, 2);
            latencies.add(latency);
            SplittableRandom own = random.split();
            threads.add(kind.start(() -> run.call(own, latency)));
        }
        TimeUnit.NANOSECONDS.sleep(length.toNanos() / SETTLING_SHARE);
        Usage before = Usage.now(server);
        run.phase = Phase.MEASURING;
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        Usage used = Usage.now(server).minus(before);
        // not before the look: a caller that has ended takes along what it allocated
        run.phase = Phase.ENDED;
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable failure = run.failure.get();
        if (failure != null) {
            throw new IllegalStateException("a call failed: " + failure, failure);
        }
        Histogram all = new Histogram(LONGEST_LATENCY_NANOS, 2);
        latencies.forEach(all::add);
        return metrics(all, used);
    }

    private static Map<Metric, Double> metrics(Histogram latency, Usage used) {
        double operations = latency.getTotalCount();
        if (operations == 0) {
            throw new IllegalStateException("no call ended within the slice");
        }
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.OPERATIONS_PER_SECOND, operations / (used.nanoTime / 1e9));
        metrics.put(Metric.P50_MICROS, latency.getValueAtPercentile(50) / 1e3);
        metrics.put(Metric.P99_MICROS, latency.getValueAtPercentile(99) / 1e3);
        metrics.put(Metric.P999_MICROS, latency.getValueAtPercentile(99.9) / 1e3);
        metrics.put(Metric.ALLOCATED_BYTES_PER_OPERATION, used.allocatedBytes / operations);
        metrics.put(Metric.CLIENT_CPU_MICROS_PER_OPERATION, used.clientCpuNanos / 1e3 / operations);
        metrics.put(Metric.SERVER_CPU_MICROS_PER_OPERATION, used.serverCpuNanos / 1e3 / operations);
        return metrics;
    }

    private enum Phase {
        SETTLING,
        MEASURING,
        ENDED
    }

    private final class Run {
        private volatile Phase phase = Phase.SETTLING;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        void call(SplittableRandom random, Histogram latency) {
            try {
                while (phase != Phase.ENDED) {
                    long start = System.nanoTime();
                    call.run(keys[random.nextInt(keys.length)]);
                    if (phase == Phase.MEASURING) {
                        latency.recordValue(System.nanoTime() - start);
                    }
                }
            } catch (Exception thrown) {
                failure.compareAndSet(null, thrown);
            }
        }
    }

    private record Usage(long nanoTime, long clientCpuNanos, long serverCpuNanos, long allocatedBytes) {
        static Usage now(ServerCpu server) {
            // All threads, for most clients allocate on threads of their own.
            long allocated = Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
            return new Usage(System.nanoTime(), PROCESS.getProcessCpuTime(), server.nanos(), allocated);
        }

        Usage minus(Usage earlier) {
            return new Usage(
                    nanoTime - earlier.nanoTime,
                    clientCpuNanos - earlier.clientCpuNanos,
                    serverCpuNanos - earlier.serverCpuNanos,
                    allocatedBytes - earlier.allocatedBytes);
        }
    }
}
