package io.cacheservice.testkit;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks servers again and again until they are as they should be, or a deadline has passed. */
final class Await {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /** Says what is still missing, or null once nothing is. */
    @FunctionalInterface
    interface Condition {
        @Nullable
        String missing();
    }

    /**
     * Returns once nothing is missing. A server that fails to answer, or answers with an error, is taken for one that is
     * not ready yet.
     *
     * @throws IllegalStateException if something is still missing after the timeout; the message says what
     */
    static void until(String goal, Duration timeout, Condition condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            RuntimeException cause = null;
            String missing;
            try {
                missing = condition.missing();
            } catch (RedisErrorReply | UncheckedIOException | NotRunningException e) {
                cause = e;
                missing = String.valueOf(e.getMessage());
            }
            if (missing == null) {
                return;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new IllegalStateException(
                        goal + " did not come about within " + timeout.toMillis() + " ms: " + missing, cause);
            }
            pause(goal);
        }
    }

    private static void pause(String goal) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting: " + goal, e);
        }
    }
}
