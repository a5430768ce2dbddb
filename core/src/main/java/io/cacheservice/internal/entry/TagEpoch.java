package io.cacheservice.internal.entry;

import org.jspecify.annotations.Nullable;

/**
 * The epoch that a tag had when the entry was written; the entry is void when the tag has another one now.
 *
 * @param nameHash 64 bits that stand for the tag's name
 * @param epochHigh the first 64 bits of the random epoch
 * @param epochLow the last 64 bits of the random epoch
 */
public record TagEpoch(long nameHash, long epochHigh, long epochLow) {
    /** The hash of the name of the epoch with which all entries of a cache end, U+0000 and "clear": no tag begins with a control character. */
    public static final long CLEAR = 0x4066_c1e9_953e_2826L;

    /** Whether all entries of the cache carry it. Its name is not stored with them. */
    boolean isOfCache() {
        return nameHash == CLEAR;
    }

    // written out: a record's own is linked when it is first called, which takes longer than the read around it
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TagEpoch epoch
                && epoch.nameHash == nameHash
                && epoch.epochHigh == epochHigh
                && epoch.epochLow == epochLow;
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(nameHash) * 31 + Long.hashCode(epochHigh)) * 31 + Long.hashCode(epochLow);
    }
}
