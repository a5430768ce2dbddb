package io.cacheservice;

/** Where an answer came from. */
public enum Tier {
    /** The memory of this process. */
    LOCAL,
    /** Redis or Valkey: the master. */
    REMOTE,
    /** A replica of Redis or Valkey, for a read that allowed it: perhaps older than the master's. */
    REPLICA,
    /** The loader. */
    SOURCE
}
