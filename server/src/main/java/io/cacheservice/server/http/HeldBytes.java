package io.cacheservice.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of bodies and values that all requests together hold while they arrive, are handled and are taken by their
 * readers.
 *
 * <p>Safe for use by many threads.
 */
final class HeldBytes {
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    HeldBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Share open() {
        return new Share();
    }

    /** What one request holds until it closes this; used by one thread. */
    final class Share implements AutoCloseable {
        private long mine;

        private Share() {}

        /** Holds so many more bytes, unless there is no room for them. */
        boolean tryAdd(long more) {
            if (bytes.addAndGet(more) > maxBytes) {
                bytes.addAndGet(-more);
                return false;
            }
            mine += more;
            return true;
        }

        /** Holds so many more bytes, or refuses the request. */
        void add(long more) {
            if (!tryAdd(more)) {
                throw new ProblemException(Problem.unavailable(
                        "the bodies and answers of the requests in progress fill the room for them; send this one again"
                                + " later"));
            }
        }

        @Override
        public void close() {
            bytes.addAndGet(-mine);
            mine = 0;
        }
    }
}
