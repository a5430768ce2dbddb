package io.cacheservice.internal.engine;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many loads of one cache run at once in this process, so that the source is asked for no more at a time than it
 * can bear, however many keys are missing: when Redis is away or was emptied, that is all of them.
 *
 * <p>What finds no place waits, first come first served, as long as its own time allows; when too many wait already, it is
 * refused. Safe for use by many threads; calls nobody while it holds its lock, and nobody from within a call of its own.
 */
final class SourceGate {
    /** So many that a large batch fits; they are small. */
    static final int MOST_WAITING = 10_000;

    private final int places;
    private final ArrayDeque<BooleanSupplier> waiting = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private int taken;

    /** @param places above zero */
    SourceGate(int places) {
        this.places = places;
    }

    /**
     * Calls {@code begin} once, now or when there is a place, which {@link #leave} gives back. Answers false where it never
     * will, since too many wait.
     *
     * @param begin answers false where the place is not wanted any more
     */
    boolean enter(BooleanSupplier begin) {
        synchronized (waiting) {
            if (taken < places) {
                taken++;
            } else if (waiting.size() < MOST_WAITING) {
                waiting.addLast(begin);
                return true;
            } else {
                return false;
            }
        }
        if (!begin.getAsBoolean()) {
            leave();
        }
        return true;
    }

    /** A place is free: the next one begins. */
    void leave() {
        synchronized (waiting) {
            taken--;
        }
        // one thread lets in, for all who leave meanwhile: what begins may end, and leave, before it returns
        if (asked.getAndIncrement() == 0) {
            int answered = 1;
            do {
                letIn();
                answered = asked.addAndGet(-answered);
            } while (answered != 0);
        }
    }

    private void letIn() {
        for (BooleanSupplier next = next(); next != null; next = next()) {
            if (!next.getAsBoolean()) {
                synchronized (waiting) {
                    taken--;
                }
            }
        }
    }

    /** The first who waits, who has a place now; null: there is no place, or nobody waits. */
    private @Nullable BooleanSupplier next() {
        synchronized (waiting) {
            if (taken == places || waiting.isEmpty()) {
                return null;
            }
            taken++;
            return waiting.pollFirst();
        }
    }

    /** Whether somebody waits for a place. */
    boolean isAwaited() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    /** How many run at once at most. */
    int places() {
        return places;
    }
}
