package io.cacheservice.server.http;

import io.cacheservice.PreWarmReport;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how far a pre-warm is while it goes on: one JSON object on each line, the last as the answer without a stream. */
final class WarmStream {
    private static final String MEDIA_TYPE = "application/x-ndjson";

    private final OutputStream out;

    WarmStream(Context ctx) throws IOException {
        ctx.status(200);
        ctx.contentType(MEDIA_TYPE);
        this.out = ctx.res().getOutputStream();
    }

    /** Whether the caller asked for lines. */
    static boolean isWanted(Context ctx) {
        @Nullable String accepted = ctx.header("Accept");
        return accepted != null && accepted.contains(MEDIA_TYPE);
    }

    /** A caller who has gone ends the pre-warm. */
    void progress(PreWarmReport soFar, int total) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("done", soFar.done());
        line.put("total", total);
        line.put("loaded", soFar.loaded());
        line.put("present", soFar.present());
        line.put("absent", soFar.absent());
        line.put("failed", soFar.failed().size());
        line(line);
    }

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
