package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionalCacheTest {
    private static final User ADA = new User(1, "Ada");
    private static final User GRACE = new User(2, "Grace");
    private static final String KEY = "1";

    private final CacheService service = CacheService.open(CacheConfig.builder().build());
    private final Cache stored = Opened.cache(service);
    private final Cache cache = new TransactionalCache(stored);
    private final TransactionTemplate transaction = new TransactionTemplate(new EmptyTransactions());

    @BeforeEach
    void fill() {
        stored.put(KEY, ADA);
    }

    @AfterEach
    void stop() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        service.close();
    }

    @Test
    void withoutATransactionChangesAreMadeAtOnce() {
        cache.put(KEY, GRACE);
        assertThat(inStore()).isEqualTo(GRACE);

        cache.evict(KEY);
        assertThat(inStore()).isNull();
    }

    @Test
    void aPutWaitsForTheCommit() {
        transaction.executeWithoutResult(status -> {
            cache.put(KEY, GRACE);
            assertThat(inStore()).isEqualTo(ADA);
        });
        assertThat(inStore()).isEqualTo(GRACE);
    }

    @Test
    void anEvictionWaitsForTheCommit() {
        transaction.executeWithoutResult(status -> {
            cache.evict(KEY);
            assertThat(inStore()).isEqualTo(ADA);
        });
        assertThat(inStore()).isNull();
    }

    @Test
    void aClearingWaitsForTheCommit() {
        transaction.executeWithoutResult(status -> {
            cache.clear();
            assertThat(inStore()).isEqualTo(ADA);
            assertThat(cache.get(KEY)).isNull();
        });
        assertThat(inStore()).isNull();
    }

    @Test
    void changesAreMadeInTheirOrder() {
        transaction.executeWithoutResult(status -> {
            cache.evict(KEY);
            cache.put(KEY, GRACE);
        });
        assertThat(inStore()).isEqualTo(GRACE);
    }

    @Test
    void aRollbackChangesNothing() {
        transaction.executeWithoutResult(status -> {
            cache.evict(KEY);
            cache.put("2", GRACE);
            status.setRollbackOnly();
        });
        assertThat(inStore()).isEqualTo(ADA);
        assertThat(stored.get("2")).isNull();
    }

    @Test
    void aTransactionDoesNotReadFromTheCacheWhatItHasChanged() {
        transaction.executeWithoutResult(status -> {
            cache.evict(KEY);

            assertThat(cache.get(KEY)).isNull();
            assertThat(cache.get(KEY, User.class)).isNull();
            assertThat(cache.get(KEY, () -> GRACE)).isEqualTo(GRACE);
            assertThat(cache.retrieve(KEY)).isNull();
            assertThat(cache.retrieve(KEY, () -> CompletableFuture.completedFuture(GRACE))
                            .join())
                    .isEqualTo(GRACE);
            assertThat(inStore()).as("others still read the old one").isEqualTo(ADA);
        });
    }

    @Test
    void aLoadOfWhatTheTransactionHasChangedFailsAsOthersDo() {
        transaction.executeWithoutResult(status -> {
            cache.evict(KEY);
            assertThatThrownBy(() -> cache.get(KEY, () -> {
                        throw new IOException("no database");
                    }))
                    .isInstanceOf(ValueRetrievalException.class)
                    .hasCauseInstanceOf(IOException.class);
        });
    }

    @Test
    void aTransactionReadsFromTheCacheWhatItHasNotChanged() {
        transaction.executeWithoutResult(status -> {
            cache.evict("2");
            assertThat(cache.get(KEY, User.class)).isEqualTo(ADA);
        });
    }

    @Test
    void anInnerTransactionHasChangesOfItsOwn() {
        TransactionTemplate inner = new TransactionTemplate(
                transaction.getTransactionManager() == null
                        ? new EmptyTransactions()
                        : transaction.getTransactionManager());
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(outer -> {
            cache.evict(KEY);
            inner.executeWithoutResult(status -> {
                assertThat(cache.get(KEY, User.class)).as("as others do").isEqualTo(ADA);
                cache.put("2", GRACE);
            });
            assertThat(stored.get("2", User.class)).isEqualTo(GRACE);
            assertThat(cache.get(KEY)).isNull();
            outer.setRollbackOnly();
        });
        assertThat(inStore()).isEqualTo(ADA);
    }

    @Test
    void whoHearsOfTheCommitMayStillChange() {
        transaction.executeWithoutResult(status -> afterCommit(() -> cache.evict(KEY)));
        assertThat(inStore()).isNull();
    }

    @Test
    void whoHearsOfTheCommitAfterTheChangesWereMadeMayStillChange() {
        transaction.executeWithoutResult(status -> {
            cache.put("2", GRACE);
            afterCommit(() -> cache.evict(KEY));
        });
        assertThat(inStore()).isNull();
    }

    @Test
    void whatWasLoadedInATransactionThatIsRolledBackDoesNotStay() {
        transaction.executeWithoutResult(status -> {
            assertThat(cache.get("2", () -> GRACE)).isEqualTo(GRACE);
            status.setRollbackOnly();
        });
        assertThat(stored.get("2")).isNull();
    }

    @Test
    void whatWasLoadedInATransactionThatCommitsStays() {
        transaction.executeWithoutResult(status -> cache.get("2", () -> GRACE));
        assertThat(stored.get("2", User.class)).isEqualTo(GRACE);
    }

    @Test
    void whatWasOnlyReadStaysAlsoAfterARollback() {
        transaction.executeWithoutResult(status -> {
            assertThat(cache.get(KEY, () -> GRACE)).isEqualTo(ADA);
            status.setRollbackOnly();
        });
        assertThat(inStore()).isEqualTo(ADA);
    }

    @Test
    void aChangeThatFailsKeepsNoOtherFromBeingMade() {
        Cache closed = new TransactionalCache(closedCache());
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    closed.evict("a");
                    closed.evict("b");
                    cache.evict(KEY);
                }))
                .isInstanceOf(io.cacheservice.CacheClosedException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void immediateOperationsAreImmediate() {
        transaction.executeWithoutResult(status -> {
            assertThat(cache.evictIfPresent(KEY)).isTrue();
            assertThat(inStore()).isNull();
            assertThat(cache.putIfAbsent(KEY, GRACE)).isNull();
            assertThat(inStore()).isEqualTo(GRACE);
            status.setRollbackOnly();
        });
        assertThat(inStore()).isEqualTo(GRACE);
    }

    private @Nullable User inStore() {
        return stored.get(KEY, User.class);
    }

    private static Cache closedCache() {
        CacheService closed = CacheService.open(CacheConfig.builder().build());
        Cache cache = Opened.cache(closed);
        cache.getNativeCache();
        closed.close();
        return cache;
    }

    private static void afterCommit(Runnable listener) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listener.run();
            }
        });
    }
}
