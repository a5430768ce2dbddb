package io.cacheservice;

/**
 * How fast a removal by prefix goes, and how far it may.
 *
 * @param keysPerSecond keys that are removed in a second at most; 0: no bound
 * @param everyKey whether the empty prefix, with which every key begins, is meant and not forgotten
 */
public record PrefixRemovalOptions(double keysPerSecond, boolean everyKey) {
    private static final PrefixRemovalOptions DEFAULTS = new PrefixRemovalOptions(1_000, false);

    /** Checks the bound. */
    public PrefixRemovalOptions {
        if (!(keysPerSecond >= 0 && keysPerSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "keysPerSecond " + keysPerSecond + " is refused: expected a number above zero, or 0 for no bound");
        }
    }

    /** 1,000 keys in a second, which a busy server hardly feels; not with the empty prefix. */
    public static PrefixRemovalOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another rate. */
    public PrefixRemovalOptions withKeysPerSecond(double keys) {
        return new PrefixRemovalOptions(keys, everyKey);
    }

    /** These options, with which the empty prefix removes every key. */
    public PrefixRemovalOptions withEveryKey() {
        return new PrefixRemovalOptions(keysPerSecond, true);
    }
}
