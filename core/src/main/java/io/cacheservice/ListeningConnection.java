package io.cacheservice;

import java.time.Duration;
import java.util.Optional;

/**
 * What one connection to Redis vouches for at a moment, for the local copies of what was read on it.
 *
 * @param name the server and the number of the connection
 * @param heardAge how long ago the moment was up to which every change has been heard; empty: it vouches for nothing, and
 *     local copies of what was read on it are used for {@code maxStaleness} only
 * @param doubt why it vouches for nothing, or soon will not; empty when all is well
 * @param flushes how often, since it was opened, it heard that the server dropped every key
 * @param losses how often, since it was opened, it stopped vouching: the server was no master any more, or refused to serve
 */
public record ListeningConnection(String name, Optional<Duration> heardAge, String doubt, long flushes, long losses) {}
