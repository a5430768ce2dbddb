package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lesson: a row of a database is read once and then comes from the cache, until its life ends or a writer invalidates it.
 */
public final class DatabaseRow {
    record User(long id, String name) {}

    /** Stands for the database. */
    static final class Users {
        private final Map<Long, User> rows = new ConcurrentHashMap<>();
        final AtomicInteger queries = new AtomicInteger();

        @Nullable
        User find(long id) {
            queries.incrementAndGet();
            return rows.get(id);
        }

        void save(User user) {
            rows.put(user.id(), user);
        }
    }

    private DatabaseRow() {}

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static String run() {
        Users db = new Users();
        db.save(new User(7, "Ada"));
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            Cache<Long, User> users = service.cache("users", KeyCodec.longs(), User.class)
                    .ttl(Duration.ofHours(1))
                    .loader(db::find)
                    .open();

            User first = users.get(7L);
            User second = users.get(7L);

            db.save(new User(7, "Ada Lovelace"));
            users.invalidate(7L); // after the write has been committed
            User third = users.get(7L);

            return first + ", " + second + ", " + third + " with " + db.queries + " queries";
        }
    }
}
