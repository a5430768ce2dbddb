package io.cacheservice.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The CPU time of the main threads of servers, the ones in which Redis does its work, read from {@code /proc}. */
public final class ServerCpu {
    private final List<Path> schedstats;

    /** That of the processes {@code pids}. */
    public ServerCpu(long... pids) {
        schedstats = Arrays.stream(pids)
                .mapToObj(pid -> Path.of("/proc", Long.toString(pid), "task", Long.toString(pid), "schedstat"))
                .toList();
    }

    /** Nanoseconds on a CPU since the threads began; 0 where there is no {@code /proc}. */
    long nanos() {
        return schedstats.stream().mapToLong(ServerCpu::nanos).sum();
    }

    private static long nanos(Path schedstat) {
        if (!Files.exists(schedstat)) {
            return 0;
        }
        try {
            String onCpu = Files.readString(schedstat).split(" ", 2)[0];
            return Long.parseLong(onCpu);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + schedstat + ": is the server still alive?", unreadable);
        }
    }
}
