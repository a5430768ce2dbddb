package io.cacheservice.server.source;

import org.jspecify.annotations.NullMarked;

/** Failures of configured sources, for tests of those who answer with them. */
@NullMarked
public final class SourceFailures {
    private SourceFailures() {}

    public static SourceFailure failed(String message) {
        return new SourceFailure(message, false, new IllegalStateException("secret"));
    }

    public static SourceFailure timedOut(String message) {
        return new SourceFailure(message, true, new IllegalStateException("secret"));
    }
}
