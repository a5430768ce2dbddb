package io.cacheservice.testkit.chaos;

/** What happens to one call. */
public enum Trouble {
    /** Nothing. */
    NONE,
    /** It fails and is not carried out. */
    FAILED,
    /** It is carried out, and its answer comes later. */
    DELAYED,
    /** Its bytes are others than they were; a source, which has no bytes, fails as if it could not read them. */
    CORRUPTED,
    /** It is carried out, and its answer never comes. */
    VANISHED
}
