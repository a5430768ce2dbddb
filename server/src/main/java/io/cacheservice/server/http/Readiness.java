package io.cacheservice.server.http;

import io.cacheservice.ConnectionStats;
import io.cacheservice.ConnectionStats.State;
import java.util.List;

/** Whether the program should be sent requests. */
enum Readiness {
    OK(200),
    /** Redis is away; what does not need it is served. */
    DEGRADED(200),
    /** Redis is away, and the settings ask not to be ready then. */
    UNAVAILABLE(503),
    /** The program is stopping. */
    DRAINING(503);

    private final int status;

    Readiness(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Decides, given the connections to Redis; {@code usesRedis} is false when there is only the local tier. */
    static Readiness of(boolean draining, boolean usesRedis, boolean requireRedis, List<ConnectionStats> connections) {
        if (draining) {
            return DRAINING;
        }
        if (!usesRedis || isUp(connections)) {
            return OK;
        }
        return requireRedis ? UNAVAILABLE : DEGRADED;
    }

    /** A connection is up, or none has been needed yet. */
    private static boolean isUp(List<ConnectionStats> connections) {
        return connections.stream().anyMatch(c -> c.state() == State.READY)
                || connections.stream().allMatch(c -> c.state() == State.IDLE);
    }
}
