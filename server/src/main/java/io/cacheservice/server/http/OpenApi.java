package io.cacheservice.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.json}: this interface, described for programs; the file is {@code docs/openapi.json}. */
final class OpenApi {
    private static final byte[] DOCUMENT = document();

    private OpenApi() {}

    static void read(Context ctx) {
        Replies.bytes(ctx, 200, Json.MEDIA_TYPE, DOCUMENT);
    }

    private static byte[] document() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing beside " + OpenApi.class);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
