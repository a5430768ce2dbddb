package io.cacheservice;

/** How values are laid out in Redis. */
public enum EntryFormat {
    /** The project's own frame: header, checksum, then the payload. */
    FRAMED,
    /** The payload alone, for keys shared with other programs; some promises are weaker. */
    RAW
}
