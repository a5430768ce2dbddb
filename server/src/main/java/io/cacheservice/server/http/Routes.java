package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.server.access.Scope;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Which resource answers which request, and what a caller needs for it. */
final class Routes {
    private final CacheService service;
    private final Entries entries;
    private final Batches batches;
    private final Upkeep upkeep;
    private final KeyList keyList;
    private final KeyRemoval keyRemoval;
    private final Voiding voiding;
    private final Inspection inspection;
    private final Metrics metrics;
    private final Health health;

    Routes(CacheService service, Limits limits, ContentTypes contentTypes, Metrics metrics, Health health) {
        HeldBytes held = new HeldBytes(limits.maxBodiesBytes());
        Bodies bodies = new Bodies(limits, held);
        JsonBodies jsonBodies = new JsonBodies(bodies, limits);
        this.service = service;
        this.entries = new Entries(service, bodies, held, limits, contentTypes);
        this.batches = new Batches(service, jsonBodies, held, limits, contentTypes);
        this.upkeep = new Upkeep(service, jsonBodies);
        this.keyList = new KeyList(service);
        this.keyRemoval = new KeyRemoval(service, health::isDraining);
        this.voiding = new Voiding(service);
        this.inspection = new Inspection(service, held);
        this.metrics = metrics;
        this.health = health;
    }

    void addTo(RoutesConfig routes) {
        // "<key>" takes slashes too, so that a key with one is told the other way instead of "no such resource"
        for (String path : new String[] {Entries.PATH + "<key>", "/v1/entry"}) {
            readable(routes, path, entries::read, Needs.keyInTarget(Scope.READ));
            routes.put(path, entries::write, Needs.keyInTarget(Scope.WRITE));
            routes.delete(path, entries::delete, Needs.keyInTarget(Scope.WRITE));
        }
        routes.post("/v1/entries:get", batches::get, Needs.keysInBody(Scope.READ));
        routes.post("/v1/entries:set", batches::set, Needs.keysInBody(Scope.WRITE));
        routes.post("/v1/entries:delete", batches::delete, Needs.keysInBody(Scope.WRITE));
        routes.post("/v1/prewarm", upkeep::preWarm, Needs.keysInBody(Scope.WRITE));
        routes.post("/v1/refresh", upkeep::refresh, Needs.keysInBody(Scope.WRITE));
        routes.post("/v1/expire", upkeep::expire, Needs.keysInBody(Scope.WRITE));
        routes.delete("/v1/tags", voiding::tag, Needs.everyKey(Scope.ADMIN));
        routes.delete("/v1/caches/{name}/entries", voiding::cache, Needs.everyKey(Scope.ADMIN));
        readable(routes, "/v1/hottest", keyList::hottest, Needs.everyKey(Scope.ADMIN));
        readable(routes, "/v1/keys", keyList::read, Needs.keysBeginning(Scope.ADMIN));
        routes.delete("/v1/keys", keyRemoval::remove, Needs.keysBeginning(Scope.ADMIN));
        readable(routes, "/v1/inspect", inspection::read, Needs.keyInTarget(Scope.READ));
        readable(routes, "/v1/stats", this::stats, Needs.everyKey(Scope.READ));
        readable(routes, "/v1/coherence", this::coherence, Needs.everyKey(Scope.READ));
        readable(routes, "/metrics", metrics::read, Needs.everyKey(Scope.READ));
        readable(routes, "/openapi.json", OpenApi::read, Needs.noKeys(Scope.READ));
        readable(routes, Health.LIVE, health::live, Needs.NOTHING);
        readable(routes, Health.READY, health::ready, Needs.NOTHING);
    }

    private void stats(Context ctx) {
        Replies.json(ctx, 200, StatsJson.of(service.stats(), service.zones()));
    }

    private void coherence(Context ctx) {
        Replies.json(
                ctx, 200, CoherenceJson.of(service.coherence(), service.config().maxStaleness()));
    }

    private static void readable(RoutesConfig routes, String path, Handler handler, Needs needs) {
        routes.get(path, handler, needs);
        routes.head(path, handler, needs);
    }
}
