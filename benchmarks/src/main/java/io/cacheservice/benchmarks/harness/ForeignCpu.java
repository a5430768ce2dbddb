package io.cacheservice.benchmarks.harness;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The CPU time of all processes that are not part of the measurement, read from {@code /proc}.
 *
 * <p>A process that ends between two looks is missed for its last stretch; builds and servers, which is what disturbs, live
 * longer. Where there is no {@code /proc}, nothing is known.
 */
public final class ForeignCpu {
    // The kernel reports process times in hundredths of a second on every architecture Java runs on.
    private static final double TICKS_PER_SECOND = 100;

    private final Path proc;
    private final Set<Long> own;

    /** Counts every process but those in {@code own}. */
    public ForeignCpu(Set<Long> own) {
        this(Path.of("/proc"), own);
    }

    ForeignCpu(Path proc, Set<Long> own) {
        this.proc = proc;
        this.own = Set.copyOf(own);
    }

    Look look() {
        Map<Long, Long> ticks = new HashMap<>();
        if (Files.isDirectory(proc)) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
                for (Path process : processes) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    if (!own.contains(pid)) {
                        ticks.put(pid, ticks(process));
                    }
                }
            } catch (IOException unreadable) {
                return new Look(System.nanoTime(), Map.of());
            }
        }
        return new Look(System.nanoTime(), ticks);
    }

    private static long ticks(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            // The second field is the command in parentheses and may hold spaces; what follows it begins with field 3.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException endedMeanwhile) {
            return 0;
        }
    }

    /** The processes' CPU times at one moment. */
    record Look(long nanoTime, Map<Long, Long> ticks) {
        /** Cores that the others used between {@code earlier} and this; empty where nothing is known. */
        OptionalDouble coresSince(Look earlier) {
            if (ticks.isEmpty() || earlier.ticks.isEmpty() || nanoTime <= earlier.nanoTime) {
                return OptionalDouble.empty();
            }
            long used = 0;
            for (Map.Entry<Long, Long> process : ticks.entrySet()) {
                used += Math.max(0, process.getValue() - earlier.ticks.getOrDefault(process.getKey(), 0L));
            }
            return OptionalDouble.of(used / TICKS_PER_SECOND / ((nanoTime - earlier.nanoTime) / 1e9));
        }
    }
}
