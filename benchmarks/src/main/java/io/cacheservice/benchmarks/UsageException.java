package io.cacheservice.benchmarks;

/** The command line asks for something that there is not; the message says what. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
