package io.cacheservice.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts, evicts and clears after the commit of the transaction it is called in, as Spring's decorator does, and closes its
 * gaps: a transaction does not read from the cache what it has changed itself; what is changed while a commit is being
 * announced is changed too; and what was loaded in a transaction that is rolled back does not stay.
 *
 * <p>{@code putIfAbsent}, {@code evictIfPresent} and {@code invalidate} act at once, as Spring says.
 */
final class TransactionalCache extends TransactionAwareCacheDecorator {
    TransactionalCache(Cache cache) {
        super(cache);
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        return isChangedHere(key) ? null : super.get(key);
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        return isChangedHere(key) ? null : super.get(key, type);
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        if (isChangedHere(key)) {
            try {
                return valueLoader.call();
            } catch (Exception failure) {
                throw new ValueRetrievalException(key, valueLoader, failure);
            }
        }
        return super.get(key, mayChangeRows() ? removedOnRollback(key, valueLoader) : valueLoader);
    }

    private <T> Callable<T> removedOnRollback(Object key, Callable<T> valueLoader) {
        PendingChanges pending = PendingChanges.ofThisTransaction(getTargetCache());
        return () -> {
            pending.loaded(key);
            return valueLoader.call();
        };
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        return isChangedHere(key) ? null : super.retrieve(key);
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        return isChangedHere(key) ? valueLoader.get() : super.retrieve(key, valueLoader);
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            PendingChanges.ofThisTransaction(getTargetCache())
                    .change(key, () -> getTargetCache().put(key, value));
        } else {
            getTargetCache().put(key, value);
        }
    }

    @Override
    public void evict(Object key) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            PendingChanges.ofThisTransaction(getTargetCache())
                    .change(key, () -> getTargetCache().evict(key));
        } else {
            getTargetCache().evict(key);
        }
    }

    @Override
    public void clear() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            PendingChanges.ofThisTransaction(getTargetCache())
                    .changeAll(() -> getTargetCache().clear());
        } else {
            getTargetCache().clear();
        }
    }

    private boolean isChangedHere(Object key) {
        PendingChanges pending = PendingChanges.current(getTargetCache());
        return pending != null && pending.concerns(key);
    }

    private static boolean mayChangeRows() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }
}
