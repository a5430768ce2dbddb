package io.cacheservice.server.http;

import io.cacheservice.Lookup;
import java.util.Optional;

/** Knows the media types of values that were stored without one, by their keys. Safe for use by many threads. */
@FunctionalInterface
public interface ContentTypes {
    /** Knows none. */
    ContentTypes UNKNOWN = key -> Optional.empty();

    /** The media type of the value of {@code key}, if it is known. */
    Optional<String> of(String key);

    /** The media type that was stored with a value, else the one that is known. */
    default Optional<String> of(String key, Lookup.Hit<byte[]> hit) {
        return hit.contentType().or(() -> of(key));
    }
}
