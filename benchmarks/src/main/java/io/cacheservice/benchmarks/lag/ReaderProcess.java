package io.cacheservice.benchmarks.lag;

import io.cacheservice.benchmarks.harness.OtherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The JVM that reads, as the JVM that writes sees it. For use by one thread. */
public final class ReaderProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    // What was seen is timed by the reader, so looking seldom costs nothing but a little rate.
    private static final long LOOK_EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Path file;
    private final Blackboard blackboard;
    private final Process process;

    private ReaderProcess(Path file, Blackboard blackboard, Process process) {
        this.file = file;
        this.blackboard = blackboard;
        this.process = process;
    }

    /**
     * Starts {@code main} in a JVM with this one's class path and options, and waits until it reads.
     *
     * @param main has a method {@code main} that runs a {@link ReadLoop} over the file that is its first argument
     * @param arguments its other arguments
     */
    public static ReaderProcess start(Class<?> main, List<String> arguments) throws InterruptedException {
        try {
            Path file = Blackboard.newFile();
            Blackboard blackboard = Blackboard.in(file);
            blackboard.turn(Blackboard.NOBODY);
            long before = System.nanoTime();
            ReaderProcess reader = new ReaderProcess(file, blackboard, launch(main, file, arguments));
            try {
                reader.awaitReady(before);
            } catch (RuntimeException | InterruptedException failure) {
                reader.close();
                throw failure;
            }
            return reader;
        } catch (IOException e) {
            throw new UncheckedIOException("the reading JVM cannot be started", e);
        }
    }

    private static Process launch(Class<?> main, Path file, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(file.toString()));
        all.addAll(arguments);
        return OtherJvm.of(main, all).redirectOutput(Redirect.DISCARD).start();
    }

    private void awaitReady(long startedNanoTime) throws InterruptedException {
        long deadline = startedNanoTime + START_PATIENCE.toNanos();
        while (blackboard.readyNanoTime() == 0) {
            requireAlive();
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the reading JVM was not ready after " + START_PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        OtherJvm.requireOneClock(startedNanoTime, blackboard.readyNanoTime());
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    /** From now on it reads the key with the number {@code key}. */
    void turnTo(int key) {
        blackboard.turn(key);
    }

    /** From now on it reads nothing. */
    void rest() {
        blackboard.turn(Blackboard.NOBODY);
    }

    /** How often it has read. */
    long reads() {
        return blackboard.reads();
    }

    /** Waits until it has seen {@code version}; says when that was, or, where that takes longer than {@code patience}, what time it is. */
    long awaitSeen(long version, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (blackboard.seenVersion() < version) {
            requireAlive();
            if (System.nanoTime() - deadline > 0) {
                return System.nanoTime();
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return blackboard.seenNanoTime();
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the reading JVM has ended with " + process.exitValue() + "; what it said is on the console");
        }
    }

    @Override
    public void close() {
        try {
            OtherJvm.end(process);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
