package io.cacheservice.spring;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Spring's own transactions, with everything but a resource: they begin, are suspended, commit, roll back and announce it. */
@SuppressWarnings("serial")
final class EmptyTransactions extends AbstractPlatformTransactionManager {
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    @Override
    protected Object doGetTransaction() {
        return new Object();
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return depth.get() > 0;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        depth.set(depth.get() + 1);
    }

    @Override
    protected Object doSuspend(Object transaction) {
        int before = depth.get();
        depth.set(0);
        return before;
    }

    @Override
    protected void doResume(@org.jspecify.annotations.Nullable Object transaction, Object suspendedResources) {
        depth.set((Integer) suspendedResources);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        depth.set(0);
    }
}
