package io.cacheservice.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON request bodies. They must say that they are JSON: a web page of another site cannot send that without asking
 * first, so none can write to a server on its reader's machine.
 */
final class JsonBodies {
    private final Bodies bodies;
    private final Limits limits;

    JsonBodies(Bodies bodies, Limits limits) {
        this.bodies = bodies;
        this.limits = limits;
    }

    /** Handles a parsed body. */
    interface Use {
        void accept(BatchRequest request) throws IOException;
    }

    void with(Context ctx, Set<String> members, Use use) throws IOException {
        if (!isJson(ctx.req().getContentType())) {
            throw new ProblemException(Problem.unsupportedMediaType("expected Content-Type: " + Json.MEDIA_TYPE));
        }
        bodies.with(
                ctx.req(),
                limits.maxBatchBytes(),
                "split the batch",
                body -> use.accept(BatchRequest.parse(body, members)));
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(Json.MEDIA_TYPE);
    }
}
