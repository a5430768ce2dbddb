package io.cacheservice.server.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be simulated.
 *
 * @param faults names of {@link Simulation#faults()}, which come in the order they have there; empty: all
 * @param seconds how long each lasts
 * @param keys how many cities are asked for
 * @param rate reads in a second, of both processes together
 * @param readTimeoutMillis what a read may wait for Redis
 * @param redisServer the Redis or Valkey to start; empty: the bundled one, else the one that is installed
 */
public record SimulationOptions(
        List<String> faults, int seconds, int keys, int rate, int readTimeoutMillis, Optional<Path> redisServer) {
    /** Copies the list. */
    public SimulationOptions {
        faults = List.copyOf(faults);
    }
}
