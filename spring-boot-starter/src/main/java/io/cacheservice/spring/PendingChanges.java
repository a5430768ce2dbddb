package io.cacheservice.spring;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What one transaction has done to one cache: made after its commit, dropped when it is rolled back. */
final class PendingChanges implements TransactionSynchronization {
    private final Cache cache;
    private final Queue<Runnable> changes = new ArrayDeque<>();
    private final Set<Object> changed = new HashSet<>();
    private final Set<Object> loaded = ConcurrentHashMap.newKeySet(); // a load may move to another thread
    private boolean allChanged;

    private PendingChanges(Cache cache) {
        this.cache = cache;
    }

    /** Those of the transaction of this thread; null when it has none. */
    static @Nullable PendingChanges current(Cache cache) {
        return (PendingChanges) TransactionSynchronizationManager.getResource(cache);
    }

    /** Those of the transaction of this thread, which has begun. */
    static PendingChanges ofThisTransaction(Cache cache) {
        PendingChanges pending = current(cache);
        if (pending == null) {
            pending = new PendingChanges(cache);
            TransactionSynchronizationManager.registerSynchronization(pending);
            TransactionSynchronizationManager.bindResource(cache, pending);
        }
        return pending;
    }

    void change(Object key, Runnable change) {
        changed.add(key);
        changes.add(change);
    }

    void changeAll(Runnable change) {
        allChanged = true;
        changes.add(change);
    }

    /** The transaction loads {@code key}, perhaps from rows that only it sees. */
    void loaded(Object key) {
        loaded.add(key);
    }

    /** Whether the transaction has changed {@code key}, so that the cache does not hold what it must read. */
    boolean concerns(Object key) {
        return allChanged || changed.contains(key);
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(cache);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(cache, this);
    }

    @Override
    public void afterCommit() {
        makeChanges();
    }

    /** Makes, after a commit, also the changes that were asked for by those to whom it was announced before. */
    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(cache);
        if (status == STATUS_COMMITTED) {
            makeChanges();
        } else {
            changes.clear();
            loaded.forEach(key -> changes.add(() -> cache.evict(key)));
            makeChanges();
        }
    }

    /** All of them, whichever fail; then throws the first failure. */
    private void makeChanges() {
        RuntimeException first = null;
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            try {
                change.run();
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
