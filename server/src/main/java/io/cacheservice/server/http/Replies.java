package io.cacheservice.server.http;

import io.javalin.http.Context;

/** Writes answers with the header fields that all of them carry. */
final class Replies {
    static final String RETRY_AFTER_SECONDS = "1";

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
        ctx.status(status);
        ctx.contentType(mediaType);
        ctx.res().setContentLengthLong(body.length);
        if (!ctx.req().getMethod().equals("HEAD")) {
            ctx.result(body);
        }
    }

    static void empty(Context ctx, int status) {
        ctx.status(status);
        ctx.res().setContentType(null);
    }
}
