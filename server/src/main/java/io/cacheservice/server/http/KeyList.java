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
    private static final int MOST_HOTTEST = 10_000;

    private final CacheService service;

    KeyList(CacheService service) {
        this.service = service;
    }

    /** {@code GET /v1/hottest?limit=}: the keys that this process is asked for most. */
    void hottest(Context ctx) {
        String limit = RawKeys.single(ctx.req().getQueryString(), "limit");
        Replies.json(ctx, 200, Map.of("keys", service.stored().hottest(limit == null ? 100 : count(limit))));
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST_HOTTEST) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            throw new ProblemException(limitRefused(text));
        }
        throw new ProblemException(limitRefused(text));
    }

    private static Problem limitRefused(String text) {
        return Problem.badRequest("limit '" + text + "' is refused: expected 1 to " + MOST_HOTTEST);
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
        answer.put("unlisted", members(page.unlisted()));
        Replies.json(ctx, 200, answer);
    }

    /** As a JSON member. */
    static List<Map<String, String>> members(List<KeyPage.Unlisted> unlisted) {
        return unlisted.stream()
                .map(part -> Map.of("node", part.node(), "why", part.why()))
                .toList();
    }
}
