package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.Refresh;
import java.time.Duration;
import java.util.List;

/** When entries are loaded again. */
final class Refreshing {
    private Refreshing() {}

    static List<Refresh> policies() {
        // region policies
        Refresh usual = Refresh.xfetch();
        Refresh earlier = Refresh.xfetch(2);
        Refresh both = Refresh.staleWhileRevalidate(Duration.ofMinutes(10), Refresh.xfetch());
        Refresh foreseeable = Refresh.eager(0.8); // from 80 % of the life on
        Refresh bySettings = Refresh.threshold(); // ttlThreshold and refreshProb
        Refresh byNumbers = Refresh.threshold(Duration.ofSeconds(10), 0.1);
        Refresh never = Refresh.none();
        // endregion
        return List.of(usual, earlier, both, foreseeable, bySettings, byNumbers, never);
    }

    static Cache<String, City> open(CacheService service, CityTable database) {
        // region cache
        Cache<String, City> cities = service.cache("cities", City.class)
                .ttl(Duration.ofMinutes(1))
                .loader(database::find)
                .refresh(Refresh.staleWhileRevalidate(Duration.ofMinutes(10), Refresh.xfetch()))
                .open();
        // endregion
        return cities;
    }
}
