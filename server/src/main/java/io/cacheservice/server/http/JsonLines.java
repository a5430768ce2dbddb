package io.cacheservice.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how far a long request is while it goes on: one JSON object on each line, the last as the answer without a stream. */
final class JsonLines {
    private static final String MEDIA_TYPE = "application/x-ndjson";

    private final OutputStream out;

    JsonLines(Context ctx) throws IOException {
        ctx.status(200);
        ctx.contentType(MEDIA_TYPE);
        this.out = ctx.res().getOutputStream();
    }

    /** Whether the caller asked for lines. */
    static boolean areWanted(Context ctx) {
        @Nullable String accepted = ctx.header("Accept");
        return accepted != null && accepted.contains(MEDIA_TYPE);
    }

    /** Sends a line at once. Throws when the caller has gone, which ends the work that is told of. */
    void line(Map<String, Object> object) {
        try {
            out.write(Json.MAPPER.writeValueAsString(object).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
