package io.cacheservice.internal.engine;

import io.cacheservice.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many loads that nobody waits for run at once in one service. What finds no place is not done: the next read
 * asks again, and a queue of refreshes would only make a slow source slower.
 */
final class Bulkhead {
    private final Semaphore places;

    Bulkhead(int places) {
        this.places = new Semaphore(places);
    }

    /** Takes a place, if there is one. */
    boolean enter() {
        return places.tryAcquire();
    }

    /** The place is free again when {@code done} is, whatever with. */
    void leaveAfter(CompletableFuture<?> done) {
        Futures.onEnd(done, (result, failure) -> places.release());
    }

    /** Places that nobody has. */
    int free() {
        return places.availablePermits();
    }
}
