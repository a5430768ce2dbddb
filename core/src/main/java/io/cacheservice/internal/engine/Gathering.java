package io.cacheservice.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets loads that nobody waits for go to a bulk loader together: what comes within a few milliseconds of the first goes with
 * it. Safe for use by many threads.
 */
final class Gathering<T> {
    private static final long MILLIS = 5;
    private static final int MOST = 256;

    private final Consumer<List<T>> together;
    private List<T> gathered = new ArrayList<>();

    Gathering(Consumer<List<T>> together) {
        this.together = together;
    }

    void add(T one) {
        List<T> full = null;
        boolean isFirst;
        synchronized (this) {
            gathered.add(one);
            isFirst = gathered.size() == 1;
            if (gathered.size() == MOST) {
                full = take();
            }
        }
        if (full != null) {
            together.accept(full);
        } else if (isFirst) {
            Timer.later(MILLIS, this::go);
        }
    }

    private void go() {
        List<T> now;
        synchronized (this) {
            now = take();
        }
        if (!now.isEmpty()) {
            together.accept(now);
        }
    }

    private List<T> take() {
        List<T> taken = gathered;
        gathered = new ArrayList<>();
        return taken;
    }
}
