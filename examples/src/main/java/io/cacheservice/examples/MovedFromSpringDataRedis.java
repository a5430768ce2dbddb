package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lesson: a program that used Spring Data Redis keeps its keys and values in Redis while it moves, and can run beside
 * programs that have not moved yet.
 *
 * <p>Before, with a {@code RedisCacheManager} whose values are written as JSON:
 *
 * <pre>{@code
 * @Cacheable(cacheNames = "books", key = "#isbn")
 * public Book find(String isbn) { ... }
 * }</pre>
 *
 * <p>It wrote the plain JSON under {@code books::<isbn>}; {@code redisKey} names that key and {@code RAW} writes nothing
 * around the value.
 */
public final class MovedFromSpringDataRedis {
    record Book(String isbn, String title) {}

    private MovedFromSpringDataRedis() {}

    static CacheBuilder<String, Book> books(CacheService service) {
        return service.cache("books", KeyCodec.string(), Book.class)
                .redisKey(isbn -> "books::" + isbn)
                .format(EntryFormat.RAW)
                .ttl(Duration.ofHours(1))
                .loader(isbn -> new Book(isbn, "from the database"));
    }

    /** Runs the lesson against the Redis at the given URL and says what happened. */
    public static void main(String[] args) {
        System.out.println(run(CacheConfig.builder().url(args[0]).build(), "978-0134685991"));
    }

    static @Nullable Book run(CacheConfig config, String isbn) {
        try (CacheService service = CacheService.open(config)) {
            Cache<String, Book> books = books(service).open();
            return books.get(isbn);
        }
    }
}
