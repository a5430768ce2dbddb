package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.SourceWriter;
import io.cacheservice.Writes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How a cache writes to its source, and lives that are not simply a ttl. */
final class Writing {
    private Writing() {}

    /** Stands for a table. */
    static final class Prices implements SourceWriter<String, Integer> {
        private final Map<String, Integer> rows = new ConcurrentHashMap<>();

        @Override
        public void write(String article, Integer cents) {
            rows.put(article, cents);
        }

        @Override
        public void delete(String article) {
            rows.remove(article);
        }
    }

    static String through(CacheService service) {
        Prices table = new Prices();
        // region through
        Cache<String, Integer> prices = service.cache("prices", Integer.class)
                .ttl(Duration.ofHours(1))
                .loader(table.rows::get)
                .writer(table, Writes.through())
                .open();
        prices.put("tea", 250); // the table has it, and the cache
        prices.remove("coffee"); // from both
        // endregion
        return table.rows.get("tea") + " " + prices.get("tea");
    }

    static String behind(CacheService service) {
        Prices table = new Prices();
        // region behind
        Cache<String, Integer> views = service.cache("views", Integer.class)
                .ttl(Duration.ofHours(1))
                .loader(table.rows::get)
                .writer(table, Writes.behind(Duration.ofMillis(200)))
                .open();
        views.put("tea", 1);
        views.put("tea", 2); // returns at once; the table gets 2, soon
        // endregion
        return String.valueOf(views.get("tea"));
    }

    static String transaction(CacheService service) throws Exception {
        Prices table = new Prices();
        Cache<String, Integer> prices = service.cache("sales", Integer.class)
                .ttl(Duration.ofHours(1))
                .loader(table.rows::get)
                .open();
        // region transaction
        Integer now = prices.writing("tea", () -> {
            table.write("tea", 200); // a transaction: begun and committed in here
            return table.rows.get("tea");
        });
        // endregion
        return now + " " + prices.get("tea");
    }

    static String lives(CacheService service) {
        // region lives
        Cache<String, String> sessions = service.cache("sessions", String.class)
                .slidingTtl(Duration.ofMinutes(30)) // after the last read
                .ttl(Duration.ofHours(12)) // in all
                .open();
        sessions.put("4f1c", "ada");
        sessions.put("9e07", "bob", EntryOptions.until(Instant.now().plusSeconds(3600)));
        // endregion
        return sessions.get("4f1c") + " " + sessions.get("9e07");
    }
}
