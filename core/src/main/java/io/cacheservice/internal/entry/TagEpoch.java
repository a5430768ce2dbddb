package io.cacheservice.internal.entry;

/**
 * The epoch that a tag had when the entry was written; the entry is void when the tag has another one now.
 *
 * @param nameHash 64 bits that stand for the tag's name
 * @param epochHigh the first 64 bits of the random epoch
 * @param epochLow the last 64 bits of the random epoch
 */
public record TagEpoch(long nameHash, long epochHigh, long epochLow) {}
