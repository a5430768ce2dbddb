package io.cacheservice.server.source;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** A function of the database that answers when it is let. */
@NullMarked
public final class HeldQuery {
    private static final Semaphore BEGUN = new Semaphore(0);
    private static final Semaphore ENDED = new Semaphore(0);

    private HeldQuery() {}

    /** Called by the database. */
    public static String hold(String id) throws InterruptedException {
        BEGUN.release();
        ENDED.acquire();
        return "held " + id;
    }

    static void awaitBegin() throws InterruptedException {
        if (!BEGUN.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no query has begun");
        }
    }

    static void end() {
        ENDED.release();
    }
}
