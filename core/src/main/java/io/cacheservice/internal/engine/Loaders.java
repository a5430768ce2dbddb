package io.cacheservice.internal.engine;

import io.cacheservice.AsyncBulkLoader;
import io.cacheservice.AsyncLoader;
import io.cacheservice.BulkLoader;
import io.cacheservice.ContextLoader;
import io.cacheservice.LoadContext;
import io.cacheservice.Loader;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Those of the users who know the source of a cache, in whatever form they wrote it.
 *
 * @param one loads a single key; null: nobody does
 * @param many loads several keys at once, and a single one where nobody else does; null: nobody does
 */
record Loaders<K, V>(@Nullable One<K, V> one, @Nullable Many<K, V> many) {
    private static final Loaders<?, ?> NONE = new Loaders<>(null, null);

    /** Loads a single key. */
    @FunctionalInterface
    interface One<K, V> {
        CompletionStage<@Nullable V> load(K key, LoadContext<V> context) throws Exception;
    }

    /** Loads several keys. */
    @FunctionalInterface
    interface Many<K, V> {
        CompletionStage<Map<K, V>> loadAll(Set<K> keys) throws Exception;
    }

    @SuppressWarnings("unchecked") // it loads nothing of any type
    static <K, V> Loaders<K, V> none() {
        return (Loaders<K, V>) NONE;
    }

    static <K, V> Loaders<K, V> one(One<K, V> one) {
        return new Loaders<>(one, null);
    }

    static <K, V> One<K, V> of(Loader<? super K, ? extends V> loader) {
        Objects.requireNonNull(loader, "loader");
        return (key, context) -> CompletableFuture.completedFuture(loader.load(key));
    }

    static <K, V> One<K, V> ofContext(ContextLoader<? super K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return (key, context) -> CompletableFuture.completedFuture(loader.load(key, context));
    }

    static <K, V> One<K, V> ofAsync(AsyncLoader<? super K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return (key, context) -> Objects.requireNonNull(
                loader.load(key, context), "the loader answered null: it must answer a future, perhaps of null");
    }

    static <K, V> Many<K, V> ofBulk(BulkLoader<K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return keys -> CompletableFuture.completedFuture(loader.loadAll(keys));
    }

    static <K, V> Many<K, V> ofAsyncBulk(AsyncBulkLoader<K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return keys -> Objects.requireNonNull(
                loader.loadAll(keys), "the bulk loader answered null: it must answer a future of a map");
    }

    boolean isEmpty() {
        return one == null && many == null;
    }
}
