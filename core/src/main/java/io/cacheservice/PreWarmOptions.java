package io.cacheservice;

/**
 * How fast a pre-warm goes.
 *
 * @param concurrency keys that are loaded at once, and handed to a bulk loader together; 1 to 10,000
 * @param keysPerSecond keys that are looked at in a second at most; 0: no bound
 */
public record PreWarmOptions(int concurrency, double keysPerSecond) {
    private static final PreWarmOptions DEFAULTS = new PreWarmOptions(32, 0);

    /** Checks the bounds. */
    public PreWarmOptions {
        if (concurrency < 1 || concurrency > 10_000) {
            throw new IllegalArgumentException("concurrency " + concurrency + " is refused: expected 1 to 10000");
        }
        if (!(keysPerSecond >= 0 && keysPerSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "keysPerSecond " + keysPerSecond + " is refused: expected a number above zero, or 0 for no bound");
        }
    }

    /** 32 keys at once, as fast as they come. */
    public static PreWarmOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another concurrency. */
    public PreWarmOptions withConcurrency(int keys) {
        return new PreWarmOptions(keys, keysPerSecond);
    }

    /** These options with another rate. */
    public PreWarmOptions withKeysPerSecond(double keys) {
        return new PreWarmOptions(concurrency, keys);
    }
}
