package io.cacheservice;

/** Why many local copies ended at once, or their connection stopped vouching for them. */
public enum FlushCause {
    /** The server dropped every key: {@code FLUSHALL}, {@code FLUSHDB}, a full resynchronisation, its tracking table. */
    SERVER_FLUSHED,
    /** A hash slot went to another server of the Cluster. */
    SLOT_MOVED,
    /** The server is no master any more, or does not serve; its copies are used for {@code maxStaleness} only. */
    SERVER_DISTRUSTED,
    /** The connection ended; its copies are used for {@code maxStaleness} only. */
    CONNECTION_LOST
}
