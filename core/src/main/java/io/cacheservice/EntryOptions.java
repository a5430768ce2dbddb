package io.cacheservice;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How one entry is kept, in place of the cache's policy.
 *
 * <p>Immutable: each method returns a new value.
 */
public final class EntryOptions {
    private static final EntryOptions DEFAULTS =
            new EntryOptions(Optional.empty(), Optional.empty(), false, Optional.empty());

    private final Optional<Duration> ttl;
    private final Optional<Instant> deadline;
    private final boolean forEver;
    private final Optional<String> contentType;

    private EntryOptions(
            Optional<Duration> ttl, Optional<Instant> deadline, boolean forEver, Optional<String> contentType) {
        this.ttl = ttl;
        this.deadline = deadline;
        this.forEver = forEver;
        this.contentType = contentType;
    }

    /** The life the cache gives by default. */
    public static EntryOptions defaults() {
        return DEFAULTS;
    }

    /**
     * A life of exactly {@code ttl}, to the millisecond and never jittered.
     *
     * @throws IllegalArgumentException when {@code ttl} is not at least one millisecond
     */
    public static EntryOptions ttl(Duration ttl) {
        return DEFAULTS.withTtl(ttl);
    }

    /** A life without end: the entry goes only when deleted or evicted. */
    public static EntryOptions noExpiry() {
        return new EntryOptions(Optional.empty(), Optional.empty(), true, Optional.empty());
    }

    /**
     * A life that ends at {@code deadline} by the service's clock, whatever time the write itself takes place: a deadline that
     * has passed by then is refused.
     */
    public static EntryOptions until(Instant deadline) {
        return new EntryOptions(
                Optional.empty(), Optional.of(Objects.requireNonNull(deadline, "deadline")), false, Optional.empty());
    }

    /** These options with a life of exactly {@code ttl}. */
    public EntryOptions withTtl(Duration ttl) {
        return new EntryOptions(Optional.of(Lives.requireLife(ttl, "ttl")), Optional.empty(), false, contentType);
    }

    /** These options with a media type that is kept beside the value. */
    public EntryOptions withContentType(String mediaType) {
        Objects.requireNonNull(mediaType, "mediaType");
        if (mediaType.isEmpty()
                || mediaType.length() > 255
                || !mediaType.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("content type '" + mediaType
                    + "' is refused: expected 1 to 255 printable ASCII characters, such as 'application/json'");
        }
        return new EntryOptions(ttl, deadline, forEver, Optional.of(mediaType));
    }

    /** The exact life asked for; empty when the cache's default or no expiry was asked for. */
    public Optional<Duration> ttl() {
        return ttl;
    }

    /** The moment at which it is to end; empty when a life or the default was asked for. */
    public Optional<Instant> deadline() {
        return deadline;
    }

    /** Whether the entry never expires. */
    public boolean isForEver() {
        return forEver;
    }

    /** The media type kept beside the value. */
    public Optional<String> contentType() {
        return contentType;
    }

    @Override
    public String toString() {
        return "EntryOptions["
                + (forEver
                        ? "no expiry"
                        : deadline.map(d -> "until " + d)
                                .orElse(ttl.map(d -> "ttl " + d).orElse("default ttl")))
                + contentType.map(c -> ", " + c).orElse("") + "]";
    }
}
