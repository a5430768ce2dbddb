package io.cacheservice.spi;

import io.cacheservice.CacheConfig;
import io.cacheservice.TimeSource;
import java.util.concurrent.Executor;

/** Opens the remote tier. Found with {@link java.util.ServiceLoader} when the configuration names a Redis. */
public interface RemoteTierProvider {
    /**
     * Connects as {@code config} says. Returns a tier that heals itself when Redis merely cannot be reached.
     *
     * @param time the clock for time budgets and for {@link RemoteValue#sentAtNanos()}
     * @param executor where futures may be completed by those who must not run on an I/O thread
     * @throws io.cacheservice.CacheConfigException when a setting is wrong
     * @throws io.cacheservice.CacheConnectionException when Redis refuses this client
     */
    RemoteTier open(CacheConfig config, TimeSource time, Executor executor);
}
