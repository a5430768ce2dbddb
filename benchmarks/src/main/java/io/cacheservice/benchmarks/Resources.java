package io.cacheservice.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Closes what a suite opened. */
final class Resources {
    private Resources() {}

    /** Closes {@code open} from the last to the first, all of them even if one fails. */
    static void close(List<AutoCloseable> open) {
        List<AutoCloseable> lastFirst = new ArrayList<>(open);
        Collections.reverse(lastFirst);
        IllegalStateException failure = new IllegalStateException("not everything could be closed");
        for (AutoCloseable each : lastFirst) {
            try {
                each.close();
            } catch (Exception thrown) {
                failure.addSuppressed(thrown);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
