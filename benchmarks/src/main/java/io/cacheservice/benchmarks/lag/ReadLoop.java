package io.cacheservice.benchmarks.lag;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The reading side: reads the key whose turn it is again and again, and notes when each version was first seen.
 *
 * <p>It pauses after every read, equally long for every subject. Without the pause a subject with a local copy would keep a
 * core to itself and one that asks Redis would not, and on a machine of few cores the first would wait for the Redis it
 * starves. A pause of a microsecond is one of about sixty on Linux, which gives sleepers fifty microseconds of slack.
 */
public final class ReadLoop {
    private static final long PAUSE_NANOS = 1_000;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Blackboard blackboard;
    private final List<VersionedKey> keys;
    private volatile boolean ended;

    /** Over {@code keys}, with what {@link ReaderProcess} gave as {@code blackboard}. */
    public ReadLoop(Path blackboard, List<VersionedKey> keys) {
        this.blackboard = Blackboard.in(blackboard);
        this.keys = List.copyOf(keys);
    }

    /** Reads until the writing JVM ends, or closes the stream that is this one's {@code System.in}. */
    public void run() {
        Thread watch = new Thread(this::awaitEnd, "end-watch");
        watch.setDaemon(true);
        watch.start();
        blackboard.ready(System.nanoTime());
        long seen = VersionedKey.ABSENT;
        long reads = 0;
        while (!ended) {
            int turn = blackboard.turn();
            if (turn == Blackboard.NOBODY) {
                LockSupport.parkNanos(REST_NANOS);
                continue;
            }
            long version = keys.get(turn).read();
            if (version > seen) {
                blackboard.seen(version, System.nanoTime());
                seen = version;
            }
            blackboard.reads(++reads);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException broken) {
            // as good as closed
        }
        ended = true;
    }
}
