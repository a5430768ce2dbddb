package io.cacheservice;

/** Which tiers a cache uses. */
public enum Tiers {
    /** Only the memory of this process; nothing is shared. */
    LOCAL_ONLY,
    /** Only Redis or Valkey; every read asks it. */
    REMOTE_ONLY,
    /** The memory of this process in front of Redis or Valkey, kept coherent. */
    BOTH
}
