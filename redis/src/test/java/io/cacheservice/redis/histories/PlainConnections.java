package io.cacheservice.redis.histories;

import io.cacheservice.testkit.RespConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * The connections of this JVM that are not the cache's: they are made when somebody has something to say, so that they become
 * more for a long time and tell nothing of the cache. Safe for use by many threads.
 */
final class PlainConnections {
    /** Those of plain clients to Redis. */
    static final PlainConnections TO_REDIS = new PlainConnections();

    /** Those to the source of what is loaded. */
    static final PlainConnections TO_SOURCE = new PlainConnections();

    private final LongAdder open = new LongAdder();

    private PlainConnections() {}

    RespConnection open(int port, Duration timeout) throws IOException {
        RespConnection connection = RespConnection.open(port, timeout);
        open.increment();
        return connection;
    }

    void close(RespConnection connection) throws IOException {
        open.decrement();
        connection.close();
    }

    /** How many are open. */
    long count() {
        return open.sum();
    }
}
