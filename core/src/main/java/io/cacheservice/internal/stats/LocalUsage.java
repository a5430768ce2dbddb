package io.cacheservice.internal.stats;

/**
 * What the local tier holds at one moment.
 *
 * @param entries entries in it
 * @param bytes bytes counted for them
 * @param maxBytes its bound; zero when there is none
 */
public record LocalUsage(long entries, long bytes, long maxBytes) {
    /** No local tier. */
    public static final LocalUsage NONE = new LocalUsage(0, 0, 0);
}
