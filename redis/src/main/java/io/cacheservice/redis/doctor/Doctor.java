package io.cacheservice.redis.doctor;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.RedisEndpoint;
import io.cacheservice.TimeSource;
import java.util.UUID;

/**
 * Examines the Redis that settings name, over connections of its own, each of whose answers has {@code connectTimeout}.
 *
 * <p>It changes nothing there but one key for each server, which begins with {@code keyPrefix}, is deleted at the end and
 * ends by itself after 30 seconds where the user may not delete it; and a script of the service stays loaded, as when the
 * service starts. Safe for use by many threads.
 */
public final class Doctor {
    private final TimeSource time;

    /** @param time our clock, which the servers' clocks are compared with */
    public Doctor(TimeSource time) {
        this.time = time;
    }

    /**
     * Examines, and blocks until all servers were asked. What is wrong with them is in the report.
     *
     * @throws CacheConfigException when the settings name no Redis, or a file that they name cannot be used
     */
    public Report examine(CacheConfig config) {
        RedisEndpoint endpoint = config.redis()
                .orElseThrow(() -> new CacheConfigException("there is nothing to examine: set url, host or nodes"));
        ProbeKeys keys = ProbeKeys.of(config.keyPrefix(), UUID.randomUUID().toString());
        try (Dialer dialer = new Dialer(config, endpoint)) {
            return new Examination(config, endpoint, dialer, time, keys).run();
        }
    }
}
