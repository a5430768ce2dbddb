package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.WriteOutcome;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code DELETE /v1/tags} and {@code /v1/caches/{name}/entries}: many entries of a typed cache at once, wherever it is open. */
final class Voiding {
    private final CacheService service;

    Voiding(CacheService service) {
        this.service = service;
    }

    void tag(Context ctx) {
        @Nullable String query = ctx.req().getQueryString();
        answer(ctx, () -> service.invalidateTag(required(query, "cache"), required(query, "tag")));
    }

    void cache(Context ctx) {
        answer(ctx, () -> service.clear(ctx.pathParam("name")));
    }

    private static void answer(Context ctx, Supplier<WriteOutcome> call) {
        WriteOutcome outcome;
        try {
            outcome = call.get();
        } catch (IllegalArgumentException noSuchName) {
            throw new ProblemException(Problem.badRequest(String.valueOf(noSuchName.getMessage())));
        }
        Replies.json(
                ctx,
                outcome == WriteOutcome.QUEUED ? 202 : 200,
                Map.of("outcome", outcome.name().toLowerCase(Locale.ROOT)));
    }

    private static String required(@Nullable String query, String name) {
        String value = RawKeys.single(query, name);
        if (value == null || value.isEmpty()) {
            throw new ProblemException(Problem.badRequest("the query parameter '" + name + "' is missing"));
        }
        return value;
    }
}
