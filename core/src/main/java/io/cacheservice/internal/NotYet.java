package io.cacheservice.internal;

/**
 * What the public face promises and the engine does not do yet: the one list. Each refuses with a clear word instead of
 * doing something else; a line goes when its feature comes.
 */
public enum NotYet {
    SLIDING_TTL("a sliding life (slidingTtl)"),
    WRITING("writing and remove, which change the source");

    private final String feature;

    NotYet(String feature) {
        this.feature = feature;
    }

    /** The refusal, to be thrown. */
    public UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("not yet: " + feature + " is not built in this version");
    }

    /** What is not built yet, in words. */
    public String feature() {
        return feature;
    }
}
