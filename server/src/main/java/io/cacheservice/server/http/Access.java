package io.cacheservice.server.http;

import io.cacheservice.CacheConfig;
import io.cacheservice.server.access.AuditLog;
import io.cacheservice.server.access.Caller;
import io.cacheservice.server.access.Reloaded;
import io.cacheservice.server.access.Scope;
import io.cacheservice.server.access.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Lets pass the requests that may, before a body is read, and keeps the audit of the others. */
final class Access {
    private static final String CALLER = "access.caller";
    private static final String REQUEST_ID = "access.request";
    private static final String KEY = "access.key";
    private static final String NEEDS = "access.needs";
    private static final String REFUSED_KEYS = "access.refusedKeys";

    private static final Caller ANYONE = Caller.allowedEverything("anyone");

    private final ListenAddress address;
    private final Tokens plainTokens;
    private final Optional<Reloaded<Tokens>> tokensFile;
    private final Metrics metrics;
    private final AuditLog audit = new AuditLog();

    Access(CacheConfig config, ListenAddress address, Metrics metrics) {
        this.address = address;
        this.plainTokens = Tokens.allowingEverything(config.serverTokens());
        this.tokensFile = config.serverTokensFile()
                .map(file -> Reloaded.open(
                        "server.tokensFile",
                        List.of(Path.of(file)),
                        contents -> plainTokens.and(Tokens.ofFile(contents.get(0))),
                        read -> {}));
        this.metrics = metrics;
    }

    /** The file of tokens, if there is one. */
    Optional<Reloaded<Tokens>> tokensFile() {
        return tokensFile;
    }

    void addTo(RoutesConfig routes) {
        routes.before(this::identify);
        routes.beforeMatched(this::authorise);
        routes.after(this::record);
    }

    /** Who asks. Paths are not looked at but for health checks, so that without a token nobody learns which there are. */
    private void identify(Context ctx) {
        String requestId =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        ctx.attribute(REQUEST_ID, requestId);
        ctx.header("Request-Id", requestId);
        if (Health.isHealthPath(ctx.req().getRequestURI())) {
            ctx.attribute(CALLER, ANYONE);
            return;
        }
        Tokens tokens = tokensFile.map(Reloaded::current).orElse(plainTokens);
        if (tokens.size() > 0) {
            Caller caller = tokens.caller(Collections.list(ctx.req().getHeaders("Authorization")));
            if (caller == null) {
                throw new ProblemException(Problem.ofStatus(
                        401, "expected the header field Authorization: Bearer, with a token of this server"));
            }
            ctx.attribute(CALLER, caller);
            return;
        }
        if (address.loopback() && !address.insecure() && !HostNames.isOwn(ctx.header("Host"), address.host())) {
            throw new ProblemException(new Problem(
                    421,
                    "/misdirected",
                    "The request is meant for another host",
                    "without tokens, only requests to localhost, a loopback address or server.bind are served: set"
                            + " server.tokens"));
        }
        ctx.attribute(CALLER, ANYONE);
    }

    private void authorise(Context ctx) {
        Needs needs = needs(ctx);
        ctx.attribute(NEEDS, needs);
        Scope scope = needs.scope();
        if (scope == null) {
            return;
        }
        Caller caller = caller(ctx);
        if (!caller.has(scope)) {
            ctx.header("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope.text() + "\"");
            throw new ProblemException(Problem.forbidden(
                    "the token '" + caller.name() + "' lacks the scope " + scope.text() + ", which this needs"));
        }
        switch (needs.keys()) {
            case NONE, IN_BODY -> {}
            case IN_TARGET -> {
                String key = RawKeys.fromTarget(ctx.req());
                ctx.attribute(KEY, key);
                requireReach(ctx, key);
            }
            case BEGINNING -> {
                String beginning = RawKeys.single(ctx.req().getQueryString(), "prefix");
                if (!caller.reaches(Objects.requireNonNullElse(beginning, ""))) {
                    throw new ProblemException(outOfReach(caller, "give one of them, or a longer one, as prefix"));
                }
            }
            case ALL -> {
                if (!caller.reachesEveryKey()) {
                    throw new ProblemException(outOfReach(caller, "this concerns all keys"));
                }
            }
        }
    }

    private static Needs needs(Context ctx) {
        for (RouteRole role : ctx.routeRoles()) {
            if (role instanceof Needs needs) {
                return needs;
            }
        }
        throw new IllegalStateException(
                "a route was added without what it needs: " + ctx.req().getMethod());
    }

    /** Who sent the request that is being answered. */
    static Caller caller(Context ctx) {
        return Objects.requireNonNull(ctx.attribute(CALLER), "asked before the caller is known");
    }

    /** Refuses a key that the caller's token does not reach. */
    static void requireReach(Context ctx, String key) {
        Caller caller = caller(ctx);
        if (!caller.reaches(key)) {
            throw new ProblemException(outOfReach(caller, "this key does not"));
        }
    }

    /** Notes for the audit that keys of a batch were refused. */
    static void noteRefusedKeys(Context ctx, int keys) {
        ctx.attribute(REFUSED_KEYS, keys);
    }

    static Problem outOfReach(Caller caller, String why) {
        return Problem.forbidden("the token '" + caller.name() + "' allows only keys that begin with "
                + String.join(" or ", caller.prefixes()) + "; " + why);
    }

    private void record(Context ctx) {
        Caller caller = ctx.attribute(CALLER);
        Needs needs = ctx.attribute(NEEDS);
        Integer refusedKeys = ctx.attribute(REFUSED_KEYS);
        int status = ctx.statusCode();
        boolean refused = status == 401 || status == 403 || status == 421 || refusedKeys != null;
        if (refused) {
            metrics.refused(status);
        }
        if (refused || (needs != null && needs.scope() == Scope.ADMIN)) {
            audit.write(new AuditLog.Call(
                    caller == null ? null : caller.name(),
                    ctx.req().getRemoteAddr(),
                    ctx.req().getMethod(),
                    needs == null ? null : route(ctx),
                    status,
                    Objects.requireNonNull(ctx.attribute(REQUEST_ID)),
                    ctx.attribute(KEY),
                    refusedKeys == null ? 0 : refusedKeys));
        }
    }

    private static @Nullable String route(Context ctx) {
        var endpoint = ctx.endpoints().matchedHttpEndpoint();
        return endpoint == null ? null : endpoint.path;
    }
}
