package io.cacheservice;

/**
 * One of the zones that hold the same cache, as this process sees it now. Immutable.
 *
 * @param name as the setting {@code zones} has it
 * @param near whether this process reads there first
 * @param trusted whether what it answers is believed: it has missed no change that this process knows of. Whether it can be
 *     reached, its connections in {@link CacheStats#connections()} say
 * @param owed removals that wait here for this zone
 */
public record ZoneStats(String name, boolean near, boolean trusted, int owed) {}
