package io.cacheservice.spring;

import io.cacheservice.CacheService;
import io.cacheservice.ConnectionStats;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The service's health. It is up while Redis is away too: methods are called and evictions kept, and to take the program out
 * of service would turn the outage of a cache into one of everything. The details tell.
 */
final class CacheServiceHealthIndicator extends AbstractHealthIndicator {
    private final CacheService service;

    CacheServiceHealthIndicator(CacheService service) {
        this.service = service;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<ConnectionStats> connections = service.stats().connections();
        builder.up();
        if (service.config().hasRedis()) {
            builder.withDetail("redis", isAway(connections) ? "away" : "there")
                    .withDetail(
                            "connections",
                            connections.stream()
                                    .map(connection -> connection.state().name())
                                    .toList());
        }
    }

    private static boolean isAway(List<ConnectionStats> connections) {
        return connections.stream().noneMatch(connection -> connection.state() == ConnectionStats.State.READY)
                && connections.stream().anyMatch(connection -> connection.state() != ConnectionStats.State.IDLE);
    }
}
