package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import io.cacheservice.TypeRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Lesson: results of searches live under a record of the question, and a write drops by tag the ones it may change. */
public final class SearchResults {
    record Search(String words, String category, int page) {
        /** The question as text; injective, since the parts are encoded. */
        String key() {
            return URLEncoder.encode(words, StandardCharsets.UTF_8) + "&"
                    + URLEncoder.encode(category, StandardCharsets.UTF_8) + "&" + page;
        }
    }

    private SearchResults() {}

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static String run() {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            Cache<Search, List<Long>> results = service.cache(
                            "searches", KeyCodec.of(Search::key), new TypeRef<List<Long>>() {})
                    .ttl(Duration.ofMinutes(5))
                    .loader(search -> List.of(17L, 4L, (long) search.page()))
                    .tags((search, ids) -> Set.of("category:" + search.category()))
                    .open();
            Search shoes = new Search("red shoes", "shoes", 1);
            Search hats = new Search("straw", "hats", 2);
            List<Long> found = results.get(shoes);
            results.get(hats);

            // a shoe was added: any page of any search for shoes may be another now
            results.invalidateTag("category:shoes");

            return found + " kept: " + (results.getIfPresent(shoes) != null) + ", hats kept: "
                    + (results.getIfPresent(hats) != null);
        }
    }
}
