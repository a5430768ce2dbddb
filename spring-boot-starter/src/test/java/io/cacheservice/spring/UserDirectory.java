package io.cacheservice.spring;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bean with a method for each way in which Spring caches. */
class UserDirectory {
    private final Map<Long, User> rows = new ConcurrentHashMap<>();
    private final AtomicInteger queries = new AtomicInteger();

    // Methods, since tests see a proxy.

    public int queries() {
        return queries.get();
    }

    /** A row, past all caches. */
    public void row(User user) {
        rows.put(user.id(), user);
    }

    @Cacheable("users")
    public @Nullable User find(long id) {
        queries.incrementAndGet();
        return rows.get(id);
    }

    @Cacheable(cacheNames = "users", sync = true)
    public @Nullable User findOnce(long id) {
        return find(id);
    }

    @Cacheable("users")
    public Optional<User> findOptional(long id) {
        return Optional.ofNullable(find(id));
    }

    @Cacheable(cacheNames = "users", sync = true)
    public CompletableFuture<@Nullable User> findLater(long id) {
        return CompletableFuture.completedFuture(find(id));
    }

    @Cacheable("users")
    public Mono<User> findReactively(long id) {
        return Mono.fromCallable(() -> find(id));
    }

    @Cacheable("users-by-name")
    public Flux<User> named(String name, int limit) {
        queries.incrementAndGet();
        return Flux.fromStream(
                rows.values().stream().filter(user -> user.name().equals(name)).limit(limit));
    }

    @CachePut(cacheNames = "users", key = "#user.id")
    public User save(User user) {
        rows.put(user.id(), user);
        return user;
    }

    @CacheEvict("users")
    public void remove(long id) {
        rows.remove(id);
    }

    @CacheEvict(cacheNames = "users", allEntries = true)
    public void removeAll(List<Long> ids) {
        ids.forEach(rows::remove);
    }
}
