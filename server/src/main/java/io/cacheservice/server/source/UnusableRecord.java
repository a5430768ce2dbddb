package io.cacheservice.server.source;

/** What a source answered cannot be a value. The message completes "the source ..." and may be told to callers. */
final class UnusableRecord extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableRecord(String message) {
        super(message);
    }

    /** The record has more bytes than it may. */
    static UnusableRecord tooLarge(long maxBytes) {
        return new UnusableRecord(
                "has a record of more than " + maxBytes + " bytes: raise its maxBytes, or maxValueBytes");
    }
}
