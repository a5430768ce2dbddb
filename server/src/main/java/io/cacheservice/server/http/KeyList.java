package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.KeyPage;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/keys?prefix=&cursor=}: the byte keys that begin so, page by page. */
final class KeyList {
    private final CacheService service;

    KeyList(CacheService service) {
        this.service = service;
    }

    void read(Context ctx) {
        @Nullable String query = ctx.req().getQueryString();
        String prefix = RawKeys.single(query, "prefix");
        if (prefix == null) {
            throw new ProblemException(
                    Problem.badRequest("the query parameter 'prefix' is missing: give it empty to list every key"));
        }
        KeyPage page = service.stored().keys(prefix, RawKeys.single(query, "cursor"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("keys", page.keys());
        if (page.next() != null) {
            answer.put("cursor", page.next());
        }
        List<Map<String, String>> unlisted = page.unlisted().stream()
                .map(part -> Map.of("node", part.node(), "why", part.why()))
                .toList();
        answer.put("unlisted", unlisted);
        Replies.json(ctx, 200, answer);
    }
}
