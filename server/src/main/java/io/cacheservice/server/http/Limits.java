package io.cacheservice.server.http;

import io.cacheservice.CacheConfig;
import java.time.Duration;

/**
 * How much one caller, and all together, can ask of the server.
 *
 * @param maxValueBytes the largest body of a PUT
 * @param maxBatchBytes the largest body of a batch, and the most bytes of values in the answer to one
 * @param maxBodiesBytes the most bytes of bodies, and of values in answers, held for all requests at once
 * @param maxHeaderBytes the largest request line and header fields
 * @param maxConnections connections at once; more wait to be accepted
 * @param maxRequests requests handled at once, each by a thread
 * @param maxWaiting requests that wait for one of these places; more are answered 503
 * @param maxWait how long they wait; then they are answered 503
 * @param idle how long a connection may be silent within and between requests
 * @param bodyTime how long a whole body may take to arrive, and a small answer to be taken
 * @param answerRate the fewest bytes a second that a reader takes of an answer, once {@code bodyTime} has passed
 * @param drain how long a stopping server still answers new requests, telling callers to go
 * @param stop how long it then waits for requests in flight
 */
record Limits(
        long maxValueBytes,
        long maxBatchBytes,
        long maxBodiesBytes,
        int maxHeaderBytes,
        int maxConnections,
        int maxRequests,
        int maxWaiting,
        Duration maxWait,
        Duration idle,
        Duration bodyTime,
        long answerRate,
        Duration drain,
        Duration stop) {
    static final int MAX_BATCH_KEYS = 1_000;

    private static final int HEADER_BYTES = 8 << 10;
    private static final int LARGEST_HEADER_BYTES = 64 << 10;
    private static final long BATCH_BYTES = 32L << 20;

    static Limits of(CacheConfig config) {
        long value = config.maxValueBytes();
        // base64 makes four bytes of three, and the JSON around it is small
        long batch = Math.max(BATCH_BYTES, value / 3 * 4 + (64 << 10));
        return new Limits(
                value,
                batch,
                Math.max(batch, Runtime.getRuntime().maxMemory() / 8),
                // in a request target, each byte of a key takes up to three characters
                (int) Math.min(LARGEST_HEADER_BYTES, HEADER_BYTES + 3 * config.maxKeyBytes()),
                2_048,
                64,
                1_024,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                32 << 10,
                Duration.ofMillis(500),
                Duration.ofSeconds(20));
    }
}
