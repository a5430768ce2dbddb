package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Tiers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lesson: a session lives on while it is used, is only in Redis so that every process sees it at once, and an outage is an
 * error rather than a session that seems to be gone: nobody is logged out by it.
 */
public final class SharedSession {
    record Session(String user, List<String> basket) {}

    private SharedSession() {}

    /** Runs the lesson against the Redis at the given URL and says what happened. */
    public static void main(String[] args) {
        CacheConfig config = CacheConfig.builder().url(args[0]).build();
        System.out.println(run(config));
    }

    static @Nullable Session run(CacheConfig config) {
        try (CacheService service = CacheService.open(config)) {
            Cache<String, Session> sessions = service.cache("sessions", Session.class)
                    .slidingTtl(Duration.ofMinutes(30))
                    .tiers(Tiers.REMOTE_ONLY)
                    .onUnavailable(OnUnavailable.FAIL)
                    .open();
            sessions.put("4f1c", new Session("ada", List.of()));
            sessions.put("4f1c", new Session("ada", List.of("book")));
            return sessions.get("4f1c");
        }
    }
}
