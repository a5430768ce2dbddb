package io.cacheservice.server.source;

/**
 * A source that could not answer. The message is meant for the caller of the program: it names the pattern and holds neither
 * a secret nor an address; the cause is for the log.
 */
public final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean timedOut;

    SourceFailure(String message, boolean timedOut, Throwable cause) {
        super(message, cause);
        this.timedOut = timedOut;
    }

    /** Whether it did not answer in time, as opposed to answering with an error. */
    public boolean timedOut() {
        return timedOut;
    }
}
