package io.cacheservice.examples;

import io.cacheservice.BulkLoader;
import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lesson: many keys in one call ask the source one question, about those that are missing. */
public final class Batch {
    record Product(long id, String name) {}

    private Batch() {}

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        run().forEach(System.out::println);
    }

    static List<String> run() {
        List<String> log = new ArrayList<>();
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            Cache<Long, Product> products = service.cache("products", KeyCodec.longs(), Product.class)
                    .ttl(Duration.ofMinutes(10))
                    .bulkLoader(BulkLoader.fromList(ids -> select(ids, log), Product::id))
                    .open();

            log.add("read " + products.getAll(List.of(3L, 1L)).values());
            log.add("read " + products.getAll(List.of(1L, 2L, 3L, 404L)).values());
        }
        return log;
    }

    /** Stands for {@code select ... where id in (...)}, which answers in an order of its own. */
    private static List<Product> select(Set<Long> ids, List<String> log) {
        log.add("select " + new TreeSet<>(ids));
        List<Product> rows = new ArrayList<>();
        for (long id : new TreeSet<>(ids)) {
            if (id < 100) {
                rows.add(new Product(id, "product " + id));
            }
        }
        return rows;
    }
}
