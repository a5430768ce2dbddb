package io.cacheservice.testkit.chaos;

/** What a source throws because a {@link Chaos} had it so. */
public final class ChaosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChaosException(String message) {
        super(message);
    }
}
