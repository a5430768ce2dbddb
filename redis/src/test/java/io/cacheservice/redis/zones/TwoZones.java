package io.cacheservice.redis.zones;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ZoneStats;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Two zones, {@code a} and {@code b}, and a process in each; every process has links of its own, which can be broken. */
final class TwoZones implements AutoCloseable {
    static final Duration MAX_STALENESS = Duration.ofMillis(500);

    final RedisServer a = RedisServer.start();
    final RedisServer b = RedisServer.start();
    final Member inA;
    final Member inB;

    TwoZones() {
        inA = new Member("a");
        inB = new Member("b");
    }

    /** One process and its links. */
    final class Member implements AutoCloseable {
        final FaultProxy toA = FaultProxy.to(a.port());
        final FaultProxy toB = FaultProxy.to(b.port());
        final CacheService service;

        Member(String zone) {
            service = CacheService.open(CacheConfig.builder()
                    .zones(List.of("a=" + toA.url(), "b=" + toB.url()))
                    .zone(zone)
                    .maxStaleness(MAX_STALENESS)
                    .readTimeout(Duration.ofSeconds(2))
                    .writeTimeout(Duration.ofSeconds(2))
                    .build());
        }

        ZoneStats zone(String name) {
            return service.zones().stream()
                    .filter(zone -> zone.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        void awaitTrust(String name) {
            Awaitility.await().until(() -> zone(name).trusted());
        }

        @Override
        public void close() {
            service.close();
            toA.close();
            toB.close();
        }
    }

    @Override
    public void close() {
        inA.close();
        inB.close();
        a.close();
        b.close();
    }
}
