package io.cacheservice;

/** Told how far a long job is. Called by one thread at a time; must return soon. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * Told after every few keys, and once at the end.
     *
     * @param soFar what was done until now
     * @param total how many keys there are in all
     */
    void progress(PreWarmReport soFar, int total);
}
