package io.cacheservice;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No answer within the time budget ({@code readTimeout}, {@code writeTimeout}). A write whose {@link #outcome()} is
 * UNKNOWN may have been applied.
 */
public final class CacheTimeoutException extends CacheException {
    private static final long serialVersionUID = 1L;

    private final FailedOutcome outcome;

    /** An error with its message and what is known of the operation. */
    public CacheTimeoutException(String message, FailedOutcome outcome) {
        this(message, outcome, null);
    }

    /** An error with its message, what is known of the operation, and what caused it. */
    public CacheTimeoutException(String message, FailedOutcome outcome, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /** Whether the operation may have taken effect all the same. */
    public FailedOutcome outcome() {
        return outcome;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.TIMEOUT;
    }
}
