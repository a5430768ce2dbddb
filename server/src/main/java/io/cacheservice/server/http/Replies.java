package io.cacheservice.server.http;

import io.javalin.http.Context;
import java.io.IOException;

/** Writes answers with the header fields that all of them carry. */
final class Replies {
    static final String RETRY_AFTER_SECONDS = "1";

    /** A stored page, opened in a browser, runs no script: it would be let in as a page of the cache. */
    static final String NO_PAGE = "default-src 'none'; sandbox";

    private Replies() {}

    static void json(Context ctx, int status, Object body) {
        bytes(ctx, status, Json.MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(body));
    }

    static void problem(Context ctx, Problem problem) {
        if (problem.retriable()) {
            ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        bytes(ctx, problem.status(), Problem.MEDIA_TYPE, problem.toJson());
    }

    static void bytes(Context ctx, int status, String mediaType, byte[] body) {
        head(ctx, status, mediaType, body);
        if (hasBody(ctx)) {
            ctx.result(body);
        }
    }

    /** As {@link #bytes}, for large answers: when it returns, the reader has taken all but what a small buffer holds. */
    static void written(Context ctx, int status, String mediaType, byte[] body) throws IOException {
        head(ctx, status, mediaType, body);
        if (hasBody(ctx)) {
            ctx.res().getOutputStream().write(body);
        }
    }

    private static void head(Context ctx, int status, String mediaType, byte[] body) {
        ctx.status(status);
        ctx.contentType(mediaType);
        ctx.res().setContentLengthLong(body.length);
    }

    private static boolean hasBody(Context ctx) {
        return !ctx.req().getMethod().equals("HEAD");
    }

    static void empty(Context ctx, int status) {
        ctx.status(status);
        ctx.res().setContentType(null);
    }
}
