package io.cacheservice.benchmarks.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that run a {@link LookupLoop} as fast as they can: nanoseconds and allocated bytes per operation. */
public final class LookupSlice implements Slice {
    // Long enough that the call of the loop and the look at the clock vanish, short enough to end in time.
    private static final int CHUNK = 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LookupLoop loop;
    private final List<String[]> keysOfThreads;

    /**
     * One thread for each array of keys.
     *
     * @param keysOfThreads in the order of the lookups; at least 1,024 keys each
     */
    public LookupSlice(LookupLoop loop, List<String[]> keysOfThreads) {
        this.loop = loop;
        this.keysOfThreads = List.copyOf(keysOfThreads);
    }

    @Override
    public Map<Metric, Double> run(Duration length) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(keysOfThreads.size());
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Looker> lookers = new ArrayList<>();
        for (String[] keys : keysOfThreads) {
            lookers.add(new Looker(keys, length.toNanos(), start, failure));
        }
        Map<Long, Long> othersBefore = cpuNanosByThread();
        lookers.forEach(Thread::start);
        for (Looker looker : lookers) {
            looker.join();
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a lookup failed: " + thrown, thrown);
        }
        double operations =
                lookers.stream().mapToLong(looker -> looker.operations).sum();
        double nanos = lookers.stream().mapToLong(looker -> looker.nanos).sum();
        double cpuNanos = lookers.stream().mapToLong(looker -> looker.cpuNanos).sum() + cpuNanosSince(othersBefore);
        double bytes =
                lookers.stream().mapToLong(looker -> looker.allocatedBytes).sum();
        return Map.of(
                Metric.NANOS_PER_OPERATION, nanos / operations,
                Metric.CPU_NANOS_PER_OPERATION, cpuNanos / operations,
                Metric.ALLOCATED_BYTES_PER_OPERATION, bytes / operations);
    }

    private static Map<Long, Long> cpuNanosByThread() {
        Map<Long, Long> nanos = new HashMap<>();
        long[] threads = THREADS.getAllThreadIds();
        long[] cpu = THREADS.getThreadCpuTime(threads);
        for (int i = 0; i < threads.length; i++) {
            nanos.put(threads[i], cpu[i]);
        }
        return nanos;
    }

    /** What other threads have used since, also those that began since: on them caches do their housekeeping. */
    private static long cpuNanosSince(Map<Long, Long> before) {
        Map<Long, Long> now = cpuNanosByThread();
        return now.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .filter(used -> used > 0)
                .sum();
    }

    private final class Looker extends Thread {
        private final String[] keys;
        private final long lengthNanos;
        private final CyclicBarrier start;
        private final AtomicReference<@Nullable Throwable> failure;
        private long operations;
        private long nanos;
        private long cpuNanos;
        private long allocatedBytes;

        Looker(String[] keys, long lengthNanos, CyclicBarrier start, AtomicReference<@Nullable Throwable> failure) {
            super("lookups");
            this.keys = keys;
            this.lengthNanos = lengthNanos;
            this.start = start;
            this.failure = failure;
        }

        @Override
        public void run() {
            try {
                start.await();
                measure();
            } catch (BrokenBarrierException | InterruptedException | RuntimeException thrown) {
                failure.set(thrown);
            }
        }

        private void measure() {
            int chunks = keys.length / CHUNK;
            int chunk = ThreadLocalRandom.current().nextInt(chunks);
            long sum = 0;
            long done = 0;
            long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
            long cpuBefore = THREADS.getCurrentThreadCpuTime();
            long begin = System.nanoTime();
            long now = begin;
            while (now - begin < lengthNanos) {
                sum += loop.run(keys, chunk * CHUNK, (chunk + 1) * CHUNK);
                chunk = chunk + 1 == chunks ? 0 : chunk + 1;
                done += CHUNK;
                now = System.nanoTime();
            }
            nanos = now - begin;
            cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuBefore;
            allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
            operations = done;
            Consumed.accept(sum);
        }
    }
}
