package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code GET /v1/inspect?key=}: what is known of an entry, without its bytes. It is a read, and counts as one. */
final class Inspection {
    private final CacheService service;

    Inspection(CacheService service) {
        this.service = service;
    }

    void read(Context ctx) {
        String key = RawKeys.fromQuery(ctx.req().getQueryString());
        Lookup<byte[]> lookup = service.lookup(key);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("key", key);
        answer.put("hit", lookup.isHit());
        answer.put("tier", lookup.tier().name().toLowerCase(Locale.ROOT));
        answer.put("reason", lookup.reason().name().toLowerCase(Locale.ROOT));
        if (lookup instanceof Lookup.Hit<byte[]> hit) {
            byte[] value = hit.valueOrNull();
            answer.put("bytes", value == null ? 0 : value.length);
            answer.put("null", value == null);
            answer.put("ageMillis", hit.age().toMillis());
            hit.remaining().ifPresent(left -> answer.put("ttlMillis", left.toMillis()));
            answer.put("stale", hit.stale());
            hit.version().ifPresent(version -> answer.put("version", version.toString()));
            hit.contentType().ifPresent(type -> answer.put("contentType", type));
        }
        Replies.json(ctx, 200, answer);
    }
}
