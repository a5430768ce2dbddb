package io.cacheservice;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Redis could not be reached or refused to serve: no connection, too many commands waiting, wrong credentials, missing
 * rights, read-only, still loading. The message says which and what helps; reads may simply be repeated later.
 */
public final class CacheConnectionException extends CacheException {
    private static final long serialVersionUID = 1L;

    private final FailedOutcome outcome;
    private final boolean lasting;

    /** An error with its message and what is known of the operation. */
    public CacheConnectionException(String message, FailedOutcome outcome) {
        this(message, outcome, null);
    }

    /** An error with its message, what is known of the operation, and what caused it. */
    public CacheConnectionException(String message, FailedOutcome outcome, @Nullable Throwable cause) {
        this(message, outcome, cause, false);
    }

    /** An error with its message, what is known of the operation, what caused it, and whether it is {@link #isLasting}. */
    public CacheConnectionException(String message, FailedOutcome outcome, @Nullable Throwable cause, boolean lasting) {
        super(message, cause);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.lasting = lasting;
    }

    /** Whether the operation may have taken effect all the same. */
    public FailedOutcome outcome() {
        return outcome;
    }

    /**
     * Whether trying again is of no use before somebody changes what this user may do: such an operation is never kept for
     * later, an invalidation neither.
     */
    public boolean isLasting() {
        return lasting;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.CONNECTION;
    }
}
