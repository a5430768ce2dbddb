package io.cacheservice.server.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo is to do.
 *
 * @param keys how many cities are asked for
 * @param rate reads in a second, of both processes together
 * @param seconds how long; zero: until it is ended
 * @param killSource whether the source is to be away for a while
 * @param killRedis whether Redis is to be away for a while
 * @param redisServer the Redis or Valkey to start; empty: the bundled one, else the one that is installed
 */
public record DemoOptions(
        int keys, int rate, int seconds, boolean killSource, boolean killRedis, Optional<Path> redisServer) {
    /** How many cities there are. */
    public static final int MOST_KEYS = CityFile.SIZE;

    /** Below, two processes could not share it. */
    public static final int LEAST_RATE = 2;

    /** More than a machine can do. */
    public static final int MOST_RATE = 1_000_000;

    /** An outage is a third or a sixth of the time. */
    public static final int LEAST_SECONDS_WITH_OUTAGE = 6;

    /** The time in which all outages come; a demo without an end has them again and again. */
    Outages outages() {
        return new Outages(killSource, killRedis, 1000L * (seconds == 0 ? 30 : seconds));
    }
}
