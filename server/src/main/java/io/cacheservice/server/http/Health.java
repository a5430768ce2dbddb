package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code /healthz}: the process runs. {@code /readyz}: it should be sent requests. Both need no token. */
final class Health {
    static final String LIVE = "/healthz";
    static final String READY = "/readyz";

    private final CacheService service;
    private final BooleanSupplier draining;

    Health(CacheService service, BooleanSupplier draining) {
        this.service = service;
        this.draining = draining;
    }

    static boolean isHealthPath(String path) {
        return path.equals(LIVE) || path.equals(READY);
    }

    void live(Context ctx) {
        Replies.json(ctx, 200, Map.of("status", "ok"));
    }

    void ready(Context ctx) {
        Readiness readiness = Readiness.of(
                draining.getAsBoolean(),
                service.config().hasRedis(),
                service.config().serverRequireRedis(),
                service.stats().connections());
        Replies.json(ctx, readiness.status(), Map.of("status", readiness.name().toLowerCase(Locale.ROOT)));
    }
}
