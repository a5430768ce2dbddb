package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.CoherenceStats;
import io.cacheservice.FlushCause;
import io.cacheservice.ListeningConnection;
import io.cacheservice.ReadOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Local copies in front of Redis. */
final class Coherence {
    private Coherence() {}

    static List<@Nullable City> copies(CacheService service) {
        // region caches
        Cache<String, City> cities = service.cache("cities", City.class)
                .maxStaleness(Duration.ofMillis(500)) // the setting's value, one second, where nothing is said
                .localMaxMemory(32 << 20) // of its own; else it shares the service's
                .open();
        Cache<String, String> revoked = service.cache("revoked", String.class)
                .maxStaleness(Duration.ZERO) // keeps no copy: every read asks Redis
                .open();

        City seen = cities.get("Uppsala"); // asks Redis, keeps a copy
        City again = cities.get("Uppsala"); // the copy
        City newest = cities.get("Uppsala", ReadOptions.latest()); // asks Redis
        // endregion
        revoked.put("token", "since noon");
        return Arrays.asList(seen, again, newest);
    }

    static long seen(CacheService service, Consumer<String> report) {
        // region seen
        CoherenceStats coherence = service.coherence();
        for (ListeningConnection connection : coherence.connections()) {
            String told = connection.name() + " has heard of all changes up to "
                    + connection
                            .heardAge()
                            .map(age -> age.toMillis() + " ms ago")
                            .orElse("nothing: " + connection.doubt());
            report.accept(told);
        }
        long notUsed = coherence.unproven(); // copies too old to be used without a proof
        // endregion
        return notUsed;
    }

    static boolean isWell(CacheService service) {
        // region measured
        CoherenceStats stats = service.coherence();
        double nines = stats.samples().ninesWithinMaxStaleness(); // 3: 99.9 % of the sampled reads
        long brokenPromises = stats.samples().violations();
        Duration lag = stats.pushLag().p99(); // from the writer's answer until it is heard here
        long flushed = stats.flushes().getOrDefault(FlushCause.SERVER_FLUSHED, 0L);
        boolean vouched = stats.connections().stream()
                .allMatch(connection -> connection.heardAge().isPresent());
        // endregion
        return nines > 0 && brokenPromises == 0 && !lag.isNegative() && flushed == 0 && vouched;
    }
}
