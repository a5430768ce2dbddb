package io.cacheservice.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits that an interrupt neither ends nor loses: what must be given back is given back on an interrupted thread too. */
final class Uninterruptibly {
    private Uninterruptibly() {}

    /** Whether {@code process} has ended in time. */
    static boolean waitFor(Process process, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns when {@code thread} has ended. */
    static void join(Thread thread) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    thread.join();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
