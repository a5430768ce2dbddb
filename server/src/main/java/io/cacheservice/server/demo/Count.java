package io.cacheservice.server.demo;

import io.cacheservice.Lookup;
import io.cacheservice.Tier;

/** What a process of the demo counts. */
enum Count {
    /** Reads answered by the memory of the process. */
    LOCAL,
    /** Reads answered by Redis. */
    REDIS,
    /** Reads that waited for the source, asked by themselves or by another. */
    LOADED,
    /** Reads answered with an expired value, since the source was away or slow. */
    STALE,
    /** Reads that had no answer. */
    FAILED,
    /** Queries that the source was sent. */
    QUERIES,
    /** Those among them that failed. */
    QUERIES_FAILED,
    /** Loads that nobody waited for, because they began before the end of the entry. */
    REFRESHES,
    /** Reads that waited for a load that ran in their process already. */
    JOINED,
    /** Keys that Redis gave a process the right to load. */
    LEASES_GRANTED,
    /** How often another process had that right, so that its result was waited for. */
    LEASES_HELD,
    /** Errors of all kinds that the cache counted, those that no reader saw included. */
    ERRORS;

    /** Under what an answered read is counted. */
    static Count of(Lookup<?> answer) {
        if (answer.stale()) {
            return STALE;
        }
        if (answer.tier() == Tier.SOURCE) {
            return LOADED;
        }
        return answer.tier() == Tier.LOCAL ? LOCAL : REDIS;
    }
}
