package io.cacheservice.spring;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.SourceException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;
import org.springframework.util.function.SingletonSupplier;

/**
 * Spring's view of a cache.
 *
 * <p>A result that cannot be stored, since Redis is away or it is too large, does not fail the method that returned it: the
 * entry is removed instead, at once or when Redis is back. With {@code on-unavailable: fail} it fails. Safe for use by many
 * threads.
 */
final class CacheServiceCache implements Cache {
    private static final ReadOptions STORED = ReadOptions.noLoad();
    private static final int TRIES = 3;

    private final String name;
    private final boolean failsWhenUnavailable;
    private final SingletonSupplier<io.cacheservice.Cache<Object, Object>> cache;

    /** @param opening opens the cache; called at its first use */
    CacheServiceCache(
            String name, boolean failsWhenUnavailable, Supplier<io.cacheservice.Cache<Object, Object>> opening) {
        this.name = name;
        this.failsWhenUnavailable = failsWhenUnavailable;
        this.cache = SingletonSupplier.of(opening);
    }

    private io.cacheservice.Cache<Object, Object> cache() {
        return cache.obtain();
    }

    @Override
    public String getName() {
        return name;
    }

    /** The {@link io.cacheservice.Cache}. */
    @Override
    public Object getNativeCache() {
        return cache();
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        return wrapped(cache().lookup(key, STORED));
    }

    private static @Nullable ValueWrapper wrapped(Lookup<Object> found) {
        return found.isHit() ? new SimpleValueWrapper(found.valueOrNull()) : null;
    }

    @Override
    @SuppressWarnings("unchecked") // checked where there is a type; else it is the caller's promise
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        Object value = cache().getIfPresent(key);
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException("cache '" + name + "': the value of '" + key + "' is a "
                    + value.getClass().getName() + ", not a " + type.getName());
        }
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked") // the caller's promise
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        try {
            return (T) cache().get(key, any -> valueLoader.call());
        } catch (SourceException failure) {
            throw new ValueRetrievalException(key, valueLoader, failure.getCause());
        }
    }

    @Override
    public CompletableFuture<?> retrieve(Object key) {
        return cache().async().lookup(key, STORED).thenApply(CacheServiceCache::wrapped);
    }

    /** A thread of the service's executor waits for the future that {@code valueLoader} gives. */
    @Override
    @SuppressWarnings("unchecked") // the caller's promise
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        return (CompletableFuture<T>) cache().async()
                .get(key, any -> joined(valueLoader.get()))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(ofTheLoader(failure)));
    }

    private static <T> @Nullable T joined(CompletableFuture<T> loading) throws Exception {
        try {
            return loading.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private static Throwable ofTheLoader(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof SourceException source && source.getCause() != null ? source.getCause() : cause;
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (value == null) {
            evict(key);
            cache().get(key, any -> null);
            return;
        }
        try {
            cache().put(key, value);
        } catch (CacheConnectionException | CacheTimeoutException | CacheMemoryException notStored) {
            if (failsWhenUnavailable) {
                throw notStored;
            }
            // Counted by the cache. What must not stay is the older value.
            evict(key);
        }
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        if (value == null) {
            return putNullIfAbsent(key);
        }
        for (int i = 0; i < TRIES; i++) {
            if (cache().putIfAbsent(key, value)) {
                return null;
            }
            ValueWrapper present =
                    wrapped(cache().lookup(key, ReadOptions.latest().withoutLoad()));
            if (present != null) {
                return present;
            }
        }
        // What is there comes and goes, or cannot be read.
        put(key, value);
        return null;
    }

    private @Nullable ValueWrapper putNullIfAbsent(Object key) {
        boolean[] asked = new boolean[1];
        Object present = cache().get(key, any -> {
            asked[0] = true;
            return null;
        });
        return asked[0] ? null : new SimpleValueWrapper(present);
    }

    @Override
    public void evict(Object key) {
        cache().invalidate(key);
    }

    @Override
    public boolean evictIfPresent(Object key) {
        boolean present = isPresent(key);
        evict(key);
        return present;
    }

    private boolean isPresent(Object key) {
        try {
            return cache().lookup(key, STORED).isHit();
        } catch (CacheException unknown) { // that it cannot be known must not keep the entry from being removed
            return false;
        }
    }

    @Override
    public void clear() {
        cache().clear();
    }

    /** Clears; whether there was anything is not known. */
    @Override
    public boolean invalidate() {
        clear();
        return false;
    }
}
