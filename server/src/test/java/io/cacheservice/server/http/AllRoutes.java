package io.cacheservice.server.http;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.javalin.Javalin;
import io.javalin.router.ParsedEndpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import java.util.List;
import java.util.Set;

/** Every route that the server has, as its router knows them. */
final class AllRoutes {
    private AllRoutes() {}

    /** One route; {@code roles} are as it was added. */
    record Route(String method, String path, Set<RouteRole> roles) {
        Needs needs() {
            return (Needs) roles.iterator().next();
        }

        /** A request target that it answers, about {@code key}. */
        String target(String key) {
            String target = path.replace("<key>", key).replace("{name}", "users");
            return switch (needs().keys()) {
                case IN_TARGET -> path.contains("<key>") ? target : target + "?key=" + key;
                case BEGINNING -> target + "?prefix=" + key;
                default -> target;
            };
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Route> list() {
        CacheConfig config = CacheConfig.builder().build();
        try (CacheService service = CacheService.open(config)) {
            Metrics metrics = new Metrics(service);
            Javalin javalin = Javalin.create(c -> new Routes(
                            service,
                            Limits.of(config),
                            ContentTypes.UNKNOWN,
                            metrics,
                            new Health(service, () -> false, List.of()))
                    .addTo(c.routes));
            metrics.close();
            return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                    .map(AllRoutes::route)
                    .toList();
        }
    }

    private static Route route(ParsedEndpoint parsed) {
        Roles roles = parsed.endpoint.metadata(Roles.class);
        return new Route(
                parsed.endpoint.method.name(),
                parsed.endpoint.path,
                roles == null ? Set.of() : Set.copyOf(roles.getRoles()));
    }
}
