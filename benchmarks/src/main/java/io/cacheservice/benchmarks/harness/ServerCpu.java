package io.cacheservice.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time of a server's main thread, the one in which Redis does its work, read from {@code /proc}. */
public final class ServerCpu {
    private final Path schedstat;

    /** That of the process {@code pid}. */
    public ServerCpu(long pid) {
        schedstat = Path.of("/proc", Long.toString(pid), "task", Long.toString(pid), "schedstat");
    }

    /** Nanoseconds on a CPU since the thread began; 0 where there is no {@code /proc}. */
    long nanos() {
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
