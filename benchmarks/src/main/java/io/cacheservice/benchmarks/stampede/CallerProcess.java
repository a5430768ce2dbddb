package io.cacheservice.benchmarks.stampede;

import io.cacheservice.benchmarks.harness.OtherJvm;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM full of callers, as the one that measures sees it. For use by one thread. */
public final class CallerProcess implements AutoCloseable {
    /** Long enough for every JVM to hear of the moment, and for its threads to go to sleep until then. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Process process;
    private final DataInputStream input;
    private final DataOutputStream output;

    private CallerProcess(Process process) {
        this.process = process;
        input = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        output = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /**
     * Starts {@code count} JVMs with this one's class path and options, and waits until they are ready.
     *
     * @param main has a method {@code main} that runs a {@link CallLoop} over its standard input and output
     * @param arguments its arguments
     */
    public static List<CallerProcess> start(int count, Class<?> main, List<String> arguments) {
        List<CallerProcess> processes = new ArrayList<>();
        try {
            long before = System.nanoTime();
            for (int i = 0; i < count; i++) {
                processes.add(new CallerProcess(OtherJvm.of(main, arguments).start()));
            }
            for (CallerProcess each : processes) {
                each.awaitReady(before);
            }
            return List.copyOf(processes);
        } catch (IOException e) {
            processes.forEach(CallerProcess::close);
            throw new UncheckedIOException("a calling JVM cannot be started", e);
        } catch (RuntimeException failure) {
            processes.forEach(CallerProcess::close);
            throw failure;
        }
    }

    private void awaitReady(long startedNanoTime) {
        try {
            OtherJvm.requireOneClock(startedNanoTime, input.readLong());
        } catch (IOException broken) {
            throw ended(broken);
        }
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    /**
     * What comes of it.
     *
     * @param beginNanoTime the common beginning of all callers
     * @param endNanoTime the end of calling again and again; the beginning, where {@code length} is zero
     */
    record Run(long beginNanoTime, long endNanoTime, Outcome outcome) {}

    /**
     * Lets all of {@code processes} carry out {@code task}, from one moment on, and for {@code length} if it repeats its calls.
     *
     * @throws IllegalStateException when a caller failed, or a JVM has ended
     */
    static Run run(List<CallerProcess> processes, Task task, Duration length) {
        for (CallerProcess each : processes) {
            each.prepare(task);
        }
        processes.forEach(CallerProcess::awaitPrepared);
        long begin = System.nanoTime() + LEAD_NANOS;
        long end = begin + length.toNanos();
        for (CallerProcess each : processes) {
            each.begin(begin, end);
        }
        Outcome outcome =
                Outcome.of(processes.stream().map(CallerProcess::outcome).toList());
        if (!outcome.failure().isEmpty()) {
            throw new IllegalStateException("a caller failed: " + outcome.failure());
        }
        return new Run(begin, end, outcome);
    }

    private void prepare(Task task) {
        try {
            task.write(output);
            output.flush();
        } catch (IOException broken) {
            throw ended(broken);
        }
    }

    private void awaitPrepared() {
        try {
            input.readLong();
        } catch (IOException broken) {
            throw ended(broken);
        }
    }

    private void begin(long beginNanoTime, long endNanoTime) {
        try {
            output.writeLong(beginNanoTime);
            output.writeLong(endNanoTime);
            output.flush();
        } catch (IOException broken) {
            throw ended(broken);
        }
    }

    private Outcome outcome() {
        try {
            return Outcome.read(input);
        } catch (IOException broken) {
            throw ended(broken);
        }
    }

    private static IllegalStateException ended(IOException broken) {
        return new IllegalStateException("a calling JVM has ended; what it said is on the console", broken);
    }

    @Override
    public void close() {
        OtherJvm.end(process);
    }
}
