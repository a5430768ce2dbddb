package io.cacheservice.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The CPU time of this process's children that have ended, read from {@code /proc}, in steps of 10 ms. */
final class ChildCpu {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final int MILLIS_PER_TICK = 10;
    // counted after the command in parentheses, which may hold spaces
    private static final int USER = 13;
    private static final int SYSTEM = 14;

    private ChildCpu() {}

    /** Empty where there is no {@code /proc}. */
    static OptionalLong millis() {
        if (!Files.exists(STAT)) {
            return OptionalLong.empty();
        }
        try {
            String stat = Files.readString(STAT);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
            return OptionalLong.of(ticks * MILLIS_PER_TICK);
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }
}
