package io.cacheservice.benchmarks.lag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A page of memory that both JVMs map: telling the other side something is a store, which wakes nobody and sends nothing.
 *
 * <p>The writing JVM says whose turn it is to be read; the reading one says which version it saw last, and when.
 */
final class Blackboard {
    /** Nobody's turn. */
    static final int NOBODY = -1;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    // The two sides write in different cache lines.
    private static final int TURN = 0;
    private static final int SEEN_VERSION = 256;
    private static final int SEEN_NANO_TIME = SEEN_VERSION + Long.BYTES;
    private static final int READS = SEEN_NANO_TIME + Long.BYTES;
    private static final int READY_NANO_TIME = READS + Long.BYTES;
    private static final int BYTES = 4096;

    private final ByteBuffer page;

    private Blackboard(ByteBuffer page) {
        this.page = page;
    }

    /** A new file for a blackboard: in memory where the system has a folder for that, so that no disk ever stalls a store. */
    static Path newFile() throws IOException {
        Path file = Files.isWritable(SHARED_MEMORY)
                ? Files.createTempFile(SHARED_MEMORY, "cache-benchmark-", ".lag")
                : Files.createTempFile("cache-benchmark-", ".lag");
        Files.write(file, new byte[BYTES]);
        return file;
    }

    /** The blackboard in {@code file}. */
    static Blackboard in(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Blackboard(channel.map(MapMode.READ_WRITE, 0, BYTES).order(ByteOrder.nativeOrder()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map " + file, e);
        }
    }

    void turn(int key) {
        LONGS.setRelease(page, TURN, (long) key);
    }

    int turn() {
        return (int) (long) LONGS.getAcquire(page, TURN);
    }

    void seen(long version, long nanoTime) {
        LONGS.set(page, SEEN_NANO_TIME, nanoTime);
        LONGS.setRelease(page, SEEN_VERSION, version);
    }

    long seenVersion() {
        return (long) LONGS.getAcquire(page, SEEN_VERSION);
    }

    /** When {@link #seenVersion()} was seen; to be asked after it. */
    long seenNanoTime() {
        return (long) LONGS.get(page, SEEN_NANO_TIME);
    }

    void reads(long reads) {
        LONGS.setRelease(page, READS, reads);
    }

    long reads() {
        return (long) LONGS.getAcquire(page, READS);
    }

    void ready(long nanoTime) {
        LONGS.setRelease(page, READY_NANO_TIME, nanoTime);
    }

    /** When the reader was ready; 0 before. */
    long readyNanoTime() {
        return (long) LONGS.getAcquire(page, READY_NANO_TIME);
    }
}
