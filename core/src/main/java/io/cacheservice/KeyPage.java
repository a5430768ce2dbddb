package io.cacheservice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing of keys. Immutable.
 *
 * @param keys in no order, possibly none although there are more pages; a key can come twice in one listing
 * @param next what the next page is asked with; null: this was the last one
 * @param unlisted the servers whose keys this listing does not have, or not all
 */
public record KeyPage(List<String> keys, @Nullable String next, List<Unlisted> unlisted) {
    /**
     * A server that took its keys out of a listing: it is away, left, or began anew.
     *
     * @param node the server
     * @param why what happened to it
     */
    public record Unlisted(String node, String why) {}

    /** The copies keep others from changing it. */
    public KeyPage {
        keys = List.copyOf(keys);
        unlisted = List.copyOf(unlisted);
    }
}
