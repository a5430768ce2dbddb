package io.cacheservice.server.http;

import io.cacheservice.server.access.Scope;
import io.javalin.security.RouteRole;
import org.jspecify.annotations.Nullable;

/**
 * What a caller needs for a route: each route is added with one, and a request to a route without one is refused.
 *
 * @param scope what the token must allow; null: no token is needed
 * @param keys which keys the route reaches, so which the token must reach
 */
record Needs(@Nullable Scope scope, Keys keys) implements RouteRole {
    /** Nothing: for health checks. */
    static final Needs NOTHING = new Needs(null, Keys.NONE);

    /** The keys that a request reaches. */
    enum Keys {
        NONE,
        /** The one in its target. Checked before the route is asked. */
        IN_TARGET,
        /** Those in its body. The route checks them, with {@link Access#requireReach} or {@link BatchErrors#reached}. */
        IN_BODY,
        /** All that begin as the query parameter {@code prefix} says. Checked before the route is asked. */
        BEGINNING,
        /** Every one: only for tokens that are not bound to prefixes. */
        ALL
    }

    static Needs noKeys(Scope scope) {
        return new Needs(scope, Keys.NONE);
    }

    static Needs keyInTarget(Scope scope) {
        return new Needs(scope, Keys.IN_TARGET);
    }

    static Needs keysInBody(Scope scope) {
        return new Needs(scope, Keys.IN_BODY);
    }

    static Needs keysBeginning(Scope scope) {
        return new Needs(scope, Keys.BEGINNING);
    }

    static Needs everyKey(Scope scope) {
        return new Needs(scope, Keys.ALL);
    }
}
