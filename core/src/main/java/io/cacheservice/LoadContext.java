package io.cacheservice;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a load may know and decide: the value it replaces, and how the new one is kept.
 *
 * <p>Belongs to one load and to the thread that runs it.
 *
 * @param <V> the value
 */
public interface LoadContext<V> {
    /** The value cached until now, even if expired; empty when there is none. */
    Optional<V> previous();

    /** What {@link #validator(String)} was given when {@link #previous()} was loaded, such as an ETag. */
    Optional<String> previousValidator();

    /** How long the load may still take; zero when its time is up, and its result will be dropped. */
    Duration timeLeft();

    /** Keeps {@code validator} with the value, for a conditional request at the next load. */
    void validator(String validator);

    /**
     * Keeps {@code mediaType} with the value: {@link Lookup.Hit#contentType()} tells it.
     *
     * @throws IllegalArgumentException unless it is 1 to 255 printable ASCII characters
     */
    void contentType(String mediaType);

    /** Sets the life of this result, in place of the cache's {@code ttl}. */
    void ttl(Duration ttl);

    /** Adds a tag to this result. */
    void tag(String tag);

    /** Returns the result but keeps nothing. */
    void doNotCache();

    /** To be returned when the source says that {@link #previous()} is still good: renews its life. What was kept with it stays. */
    @Nullable
    V notModified();
}
