package io.cacheservice.server.access;

import java.util.Locale;

/** A kind of thing that a token allows. None implies another. */
public enum Scope {
    /** Seeing entries and statistics. */
    READ,
    /** Storing, removing and loading entries. */
    WRITE,
    /** What reaches beyond single entries: listing keys, clearing caches and tags. */
    ADMIN;

    /** As it stands in the file of tokens and in answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
