package io.cacheservice;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ContextLoader} that does not hold a thread while the source is at work.
 *
 * <p>Called on the cache's executor. The future it answers may complete on any thread; what follows runs on the executor. The
 * context may be used until the future is complete.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface AsyncLoader<K, V> {
    /**
     * Begins to load {@code key}; the future's value is null when the source has none.
     *
     * @throws Exception when the source cannot be asked; the same as a future that fails
     */
    CompletionStage<@Nullable V> load(K key, LoadContext<V> context) throws Exception;
}
