package io.cacheservice.server.demo;

import io.cacheservice.testkit.FaultProxy;

/**
 * The ways from the processes to the source and to Redis, each of which can be broken.
 *
 * @param source to the database
 * @param redis to Redis
 */
record Links(FaultProxy source, FaultProxy redis) implements AutoCloseable {
    Links(int sourcePort, int redisPort) {
        this(FaultProxy.to(sourcePort), FaultProxy.to(redisPort));
    }

    @Override
    public void close() {
        source.close();
        redis.close();
    }
}
