package io.cacheservice.testkit.fuzz;

/** Assertions that cost nothing while they hold: targets make millions of them. */
public final class Demand {
    private Demand() {}

    /**
     * Fails unless it is so.
     *
     * @param what as in "expected: ..."
     */
    public static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected: " + what);
        }
    }

    /** Fails when {@code secret} stands in the message of {@code error} or of what caused it. */
    public static void keptSecret(Throwable error, String secret) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            String message = e.getMessage();
            that(message == null || !message.contains(secret), "no secret in a message");
        }
    }
}
