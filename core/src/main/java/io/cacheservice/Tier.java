package io.cacheservice;

/** Where an answer came from. */
public enum Tier {
    /** The memory of this process. */
    LOCAL,
    /** Redis or Valkey. */
    REMOTE,
    /** The loader. */
    SOURCE
}
