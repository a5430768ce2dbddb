package io.cacheservice;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tiers hold under the byte keys of a service, for operators and their tools. Nothing here counts as a
 * read, asks a source or makes an entry younger.
 *
 * <p>Safe for use by many threads. Methods throw what those of {@link CacheService} throw.
 */
public interface StoredEntries {
    /** About how many keys a page has at most; Redis gives a few more where it keeps several in one bucket. */
    int PAGE_KEYS = 100;

    /**
     * A page of the keys that begin with {@code prefix}. It ends when it is full; in Redis also when a quarter of a second
     * has passed, so that it may be empty. The local tier looks at each of its keys for every page.
     *
     * <p>A listing is no snapshot: keys that are there from its beginning to its end are in it at least once; those that
     * come, go or move between servers meanwhile may be. Leases and entries that a read cannot use are listed too.
     *
     * @param prefix may be empty
     * @param cursor {@link KeyPage#next()} of the page before; null begins a listing
     * @throws IllegalArgumentException when {@code prefix} cannot begin a key, or {@code cursor} is none of this tier
     */
    KeyPage keys(String prefix, @Nullable String cursor);

    /**
     * Those keys of entries in this process that are read most, the most read first: what another process is best warmed
     * with. Empty where nothing is kept in this process.
     *
     * @param count how many at most
     */
    List<String> hottest(int count);

    /**
     * What is known of the entry under {@code key}, first in this process, then in Redis. Its parts are read one after the
     * other, so that a write meanwhile can show in some and not in others. To Redis' eviction it is an access.
     */
    EntryDetails inspect(String key);

    /**
     * Gives the entry under {@code key} another life, counted from now; its value, media type and age stay. It becomes
     * another {@linkplain EntryVersion version}. Of entries without end Redis knows no age, and of counters neither.
     *
     * @param life at least one millisecond; null: for ever
     * @return false when no usable entry is there
     * @throws IllegalArgumentException when {@code life} is shorter or longer than a life can be
     */
    boolean setLife(String key, @Nullable Duration life);
}
