package io.cacheservice.redis.histories;

/** How it is made known that a row has changed. */
enum Invalidation {
    /** Removes the key through the cache. */
    DELETE,
    /** Stores what the row is now. */
    PUT,
    /** By a tag that only this row has. */
    OWN_TAG,
    /** By a tag that other rows have too. */
    OWNER_TAG,
    /** Of the whole cache. */
    CLEAR,
    /** Removes the key past the cache. */
    FOREIGN_DELETE,
    /** Overwrites the key past the cache, with what no cache understands. */
    FOREIGN_SET;

    /** Whether it ends what is cached of {@code other} too. */
    boolean reaches(Row row, Row other) {
        return switch (this) {
            case CLEAR -> other.style() == row.style();
            case OWNER_TAG -> other.ownerTag().equals(row.ownerTag());
            case DELETE, PUT, OWN_TAG, FOREIGN_DELETE, FOREIGN_SET -> false;
        };
    }

    boolean isForeign() {
        return this == FOREIGN_DELETE || this == FOREIGN_SET;
    }
}
