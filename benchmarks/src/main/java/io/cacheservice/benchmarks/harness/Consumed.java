package io.cacheservice.benchmarks.harness;

/** Where results of measured work go, so that the compiler cannot find out that nobody needs them. */
final class Consumed {
    // Written for the side effect alone: a volatile store may not be removed.
    @SuppressWarnings("unused")
    private static volatile long last;

    private Consumed() {}

    static void accept(long value) {
        last = value;
    }
}
