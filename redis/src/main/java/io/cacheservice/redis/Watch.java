package io.cacheservice.redis;

import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks again who serves what: now and then, at once when something is suspected, and until an answer settles it. Never two
 * rounds at a time, and a moment between them. Safe for use by many threads.
 */
final class Watch implements Trouble {
    private static final long GAP_MILLIS = 100;
    private static final long LONGEST_GAP_MILLIS = 1_000;

    private final EventExecutorGroup executor;
    private final long intervalMillis;
    private final Supplier<CompletionStage<Boolean>> round;
    private @Nullable ScheduledFuture<?> next;
    private long gapMillis = GAP_MILLIS;
    private boolean running;
    private boolean suspected;
    private boolean closed;

    /**
     * @param interval how often to ask when nothing is suspected
     * @param round asks once; its answer says whether there is nothing left to find out
     */
    Watch(EventExecutorGroup executor, Duration interval, Supplier<CompletionStage<Boolean>> round) {
        this.executor = executor;
        this.intervalMillis = interval.toMillis();
        this.round = round;
    }

    @Override
    public synchronized void suspected() {
        if (running) {
            suspected = true;
        } else if (next == null || next.getDelay(TimeUnit.MILLISECONDS) > GAP_MILLIS) {
            schedule(GAP_MILLIS);
        }
    }

    /** Asks at once: something has changed. */
    synchronized void changed() {
        if (running) {
            suspected = true;
        } else {
            schedule(0);
        }
    }

    /** Asks from now on, for the first time when the interval is over. */
    synchronized void start() {
        if (next == null && !running) {
            schedule(intervalMillis);
        }
    }

    synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private void run() {
        synchronized (this) {
            if (closed) {
                return;
            }
            running = true;
            suspected = false;
        }
        CompletionStage<Boolean> answer;
        try {
            answer = round.get();
        } catch (RuntimeException | Error e) {
            // such as a password file that cannot be read just now: nobody would ask again
            answer = CompletableFuture.failedFuture(e);
        }
        var unused = answer.whenComplete((settled, failure) -> ended(failure == null && settled));
    }

    private synchronized void ended(boolean settled) {
        running = false;
        if (settled) {
            gapMillis = GAP_MILLIS;
            schedule(suspected ? GAP_MILLIS : intervalMillis);
        } else {
            schedule(gapMillis);
            gapMillis = Math.min(gapMillis * 2, LONGEST_GAP_MILLIS);
        }
    }

    private void schedule(long millis) {
        if (next != null) {
            next.cancel(false);
        }
        if (!closed) {
            next = executor.schedule(this::run, millis, TimeUnit.MILLISECONDS);
        }
    }
}
