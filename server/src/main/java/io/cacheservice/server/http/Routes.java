package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Which resource answers which request. */
final class Routes {
    private final CacheService service;
    private final Entries entries;
    private final Batches batches;
    private final Upkeep upkeep;
    private final KeyList keyList;
    private final Inspection inspection;
    private final Metrics metrics;
    private final Health health;

    Routes(CacheService service, Limits limits, Metrics metrics, Health health) {
        HeldBytes held = new HeldBytes(limits.maxBodiesBytes());
        Bodies bodies = new Bodies(limits, held);
        JsonBodies jsonBodies = new JsonBodies(bodies, limits);
        this.service = service;
        this.entries = new Entries(service, bodies, held, limits);
        this.batches = new Batches(service, jsonBodies, held, limits);
        this.upkeep = new Upkeep(service, jsonBodies);
        this.keyList = new KeyList(service);
        this.inspection = new Inspection(service, held);
        this.metrics = metrics;
        this.health = health;
    }

    void addTo(RoutesConfig routes) {
        // "<key>" takes slashes too, so that a key with one is told the other way instead of "no such resource"
        for (String path : new String[] {Entries.PATH + "<key>", "/v1/entry"}) {
            readable(routes, path, entries::read);
            routes.put(path, entries::write);
            routes.delete(path, entries::delete);
        }
        routes.post("/v1/entries:get", batches::get);
        routes.post("/v1/entries:set", batches::set);
        routes.post("/v1/entries:delete", batches::delete);
        routes.post("/v1/prewarm", upkeep::preWarm);
        routes.post("/v1/refresh", upkeep::refresh);
        routes.post("/v1/expire", upkeep::expire);
        routes.delete("/v1/tags", notYet("removing entries by tag"));
        routes.delete("/v1/caches/{name}/entries", notYet("clearing a cache"));
        readable(routes, "/v1/keys", keyList::read);
        readable(routes, "/v1/inspect", inspection::read);
        readable(routes, "/v1/stats", this::stats);
        readable(routes, "/metrics", metrics::read);
        readable(routes, "/openapi.json", OpenApi::read);
        readable(routes, Health.LIVE, health::live);
        readable(routes, Health.READY, health::ready);
    }

    private void stats(Context ctx) {
        Replies.json(ctx, 200, StatsJson.of(service.stats()));
    }

    private static void readable(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    private static Handler notYet(String feature) {
        return ctx -> {
            throw new ProblemException(Problem.notYet(feature + " is not built in this version"));
        };
    }
}
