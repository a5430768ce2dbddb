package io.cacheservice.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import org.awaitility.Awaitility;

/** How much of the heap is in use, once garbage is gone. */
public final class UsedHeap {
    private UsedHeap() {}

    /** Collects until the figure stands still. */
    public static long bytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long[] last = {Long.MAX_VALUE};
        Awaitility.await("a settled heap").until(() -> {
            memory.gc();
            long used = memory.getHeapMemoryUsage().getUsed();
            boolean settled = Math.abs(used - last[0]) < 100_000;
            last[0] = used;
            return settled;
        });
        return last[0];
    }
}
