package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.server.access.Reloaded;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code /healthz}: the process runs. {@code /readyz}: it should be sent requests. Both need no token. */
final class Health {
    static final String LIVE = "/healthz";
    static final String READY = "/readyz";

    private final CacheService service;
    private final BooleanSupplier draining;
    private final List<Reloaded<?>> files;

    /** Warns of {@code files} while they are broken. */
    Health(CacheService service, BooleanSupplier draining, List<Reloaded<?>> files) {
        this.service = service;
        this.draining = draining;
        this.files = files;
    }

    static boolean isHealthPath(String path) {
        return path.equals(LIVE) || path.equals(READY);
    }

    /** Whether the server is stopping. */
    boolean isDraining() {
        return draining.getAsBoolean();
    }

    void live(Context ctx) {
        Replies.json(ctx, 200, Map.of("status", "ok"));
    }

    void ready(Context ctx) {
        Readiness readiness = Readiness.of(
                isDraining(),
                service.config().hasRedis(),
                service.config().serverRequireRedis(),
                service.stats().connections());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", readiness.name().toLowerCase(Locale.ROOT));
        List<String> warnings = new ArrayList<>();
        files.stream()
                .filter(Reloaded::isStale)
                .map(f -> f.setting() + " is broken: what it said before stays in use, and the log says why")
                .forEach(warnings::add);
        service.zones().stream()
                .filter(zone -> !zone.trusted())
                .map(zone -> "zone " + zone.name()
                        + " has missed changes: others answer until it can be reached and has caught up")
                .forEach(warnings::add);
        if (!warnings.isEmpty()) {
            answer.put("warnings", warnings);
        }
        Replies.json(ctx, readiness.status(), answer);
    }
}
