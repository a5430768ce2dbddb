package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;

/** What Spring asks of a cache. Each test has keys of its own. */
abstract class SpringCacheContract {
    private static final User ADA = new User(1, "Ada");
    private static final User GRACE = new User(2, "Grace");
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final String key = "key-" + KEYS.incrementAndGet();
    private Cache cache;

    /** The service under test; open for all tests of the class. */
    abstract CacheService service();

    @BeforeEach
    void open() {
        cache = Opened.cache(service());
    }

    @Test
    void aCacheTellsItsNameAndWhatIsBehindIt() {
        assertThat(cache.getName()).isEqualTo(Opened.NAME);
        assertThat(cache.getNativeCache()).isInstanceOf(io.cacheservice.Cache.class);
    }

    @Test
    void anAbsentKeyHasNoWrapper() {
        assertThat(cache.get(key)).isNull();
        assertThat(cache.get(key, User.class)).isNull();
    }

    @Test
    void whatIsPutIsRead() {
        cache.put(key, ADA);

        assertThat(valueOf(cache.get(key))).isEqualTo(ADA);
        assertThat(cache.get(key, User.class)).isEqualTo(ADA);
        assertThat(cache.get(key, (Class<?>) null)).isEqualTo(ADA);
    }

    @Test
    void aPutReplacesWhatIsThere() {
        cache.put(key, ADA);
        cache.put(key, GRACE);

        assertThat(cache.get(key, User.class)).isEqualTo(GRACE);
    }

    @Test
    void aValueOfAnotherTypeThanAskedForIsRefused() {
        cache.put(key, ADA);

        assertThatThrownBy(() -> cache.get(key, String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(key, User.class.getName(), String.class.getName());
    }

    @Test
    void keysOfDifferentTypesAreDifferent() {
        int id = KEYS.incrementAndGet();
        cache.put(id, ADA);
        cache.put((long) id, GRACE);

        assertThat(cache.get(id, User.class)).isEqualTo(ADA);
        assertThat(cache.get((long) id, User.class)).isEqualTo(GRACE);
        assertThat(cache.get(String.valueOf(id))).isNull();
    }

    @Test
    void aNullIsRemembered() {
        cache.put(key, ADA);
        cache.put(key, null);

        ValueWrapper found = cache.get(key);
        assertThat(found).isNotNull();
        assertThat(valueOf(found)).isNull();
        assertThat(cache.get(key, User.class)).isNull();
    }

    @Test
    void aPutIfAbsentStoresOnceAndTellsWhatIsThere() {
        assertThat(cache.putIfAbsent(key, ADA)).isNull();
        assertThat(valueOf(cache.putIfAbsent(key, GRACE))).isEqualTo(ADA);
        assertThat(cache.get(key, User.class)).isEqualTo(ADA);
    }

    @Test
    void aPutIfAbsentOfNullStoresOnceAndTellsWhatIsThere() {
        assertThat(cache.putIfAbsent(key, null)).isNull();
        assertThat(cache.get(key)).isNotNull();
        assertThat(valueOf(cache.putIfAbsent(key, ADA))).isNull();

        cache.put(key, GRACE);
        assertThat(valueOf(cache.putIfAbsent(key, null))).isEqualTo(GRACE);
    }

    @Test
    void anEvictedKeyIsAbsent() {
        cache.put(key, ADA);
        cache.evict(key);

        assertThat(cache.get(key)).isNull();
    }

    @Test
    void anEvictionTellsWhetherTheKeyWasThere() {
        cache.put(key, ADA);

        assertThat(cache.evictIfPresent(key)).isTrue();
        assertThat(cache.get(key)).isNull();
        assertThat(cache.evictIfPresent(key)).isFalse();
    }

    @Test
    void aClearedCacheIsEmpty() {
        cache.put(key, ADA);
        cache.clear();
        assertThat(cache.get(key)).isNull();

        cache.put(key, ADA);
        cache.invalidate();
        assertThat(cache.get(key)).isNull();
    }

    @Test
    void anAbsentValueIsLoadedOnceByTheThreadThatAsks() {
        AtomicInteger loads = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        Callable<User> loader = () -> {
            loads.incrementAndGet();
            threads.add(Thread.currentThread());
            return ADA;
        };

        assertThat(cache.get(key, loader)).isEqualTo(ADA);
        assertThat(cache.get(key, loader)).isEqualTo(ADA);
        assertThat(loads).hasValue(1);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void aLoadedNullIsRemembered() {
        AtomicInteger loads = new AtomicInteger();
        Callable<@Nullable User> loader = () -> {
            loads.incrementAndGet();
            return null;
        };

        assertThat(cache.get(key, loader)).isNull();
        assertThat(cache.get(key, loader)).isNull();
        assertThat(loads).hasValue(1);
        assertThat(cache.get(key)).isNotNull();
    }

    @Test
    void aFailedLoadThrowsWhatSpringExpectsAndStoresNothing() {
        IOException cause = new IOException("no database");
        Callable<User> failing = () -> {
            throw cause;
        };

        assertThatThrownBy(() -> cache.get(key, failing))
                .isInstanceOfSatisfying(
                        ValueRetrievalException.class,
                        failure -> assertThat(failure.getKey()).isEqualTo(key))
                .cause()
                .isSameAs(cause);
        assertThat(cache.get(key)).isNull();
    }

    @Test
    void aFailureIsNotRemembered() {
        assertThatThrownBy(() -> cache.get(key, () -> {
                    throw new IOException("no database");
                }))
                .isInstanceOf(ValueRetrievalException.class);

        assertThat(cache.get(key, () -> ADA)).isEqualTo(ADA);
    }

    @Test
    void manyWhoAskAtOnceShareOneLoad() throws Exception {
        int callers = 16;
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        CyclicBarrier start = new CyclicBarrier(callers + 1);
        Callable<User> loader = () -> {
            loads.incrementAndGet();
            gate.await();
            return ADA;
        };
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<User>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return cache.get(key, loader);
                }));
            }
            start.await();
            gate.countDown();
            for (Future<User> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(ADA);
            }
            assertThat(loads).hasValue(1);
        } finally {
            gate.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void whatWasLoadedBeforeAnEvictionIsNotStoredAfterIt() {
        User loaded = cache.get(key, () -> {
            cache.evict(key); // the row has been changed meanwhile
            return ADA;
        });

        assertThat(loaded).isEqualTo(ADA);
        assertThat(cache.get(key)).isNull();
    }

    @Test
    void anAnswerThatComesLaterIsAWrapperOrNull() {
        assertThat(soon(cache.retrieve(key))).isNull();

        cache.put(key, ADA);
        assertThat(soon(cache.retrieve(key)))
                .isInstanceOfSatisfying(
                        ValueWrapper.class, found -> assertThat(found.get()).isEqualTo(ADA));

        cache.put(key, null);
        assertThat(soon(cache.retrieve(key)))
                .isInstanceOfSatisfying(
                        ValueWrapper.class, found -> assertThat(found.get()).isNull());
    }

    @Test
    void aLoadThatAnswersLaterIsAskedOnce() {
        AtomicInteger loads = new AtomicInteger();
        CompletableFuture<User> loading = new CompletableFuture<>();

        CompletableFuture<User> first = cache.retrieve(key, () -> {
            loads.incrementAndGet();
            return loading;
        });
        loading.complete(ADA);

        assertThat(soon(first)).isEqualTo(ADA);
        assertThat(soon(cache.retrieve(key, () -> {
                    loads.incrementAndGet();
                    return CompletableFuture.completedFuture(GRACE);
                })))
                .isEqualTo(ADA);
        assertThat(loads).hasValue(1);
    }

    @Test
    void aLoadThatAnswersNullLaterIsRemembered() {
        CompletableFuture<@Nullable User> none = CompletableFuture.completedFuture(null);

        assertThat(soon(cache.retrieve(key, () -> none))).isNull();
        assertThat(cache.get(key)).isNotNull();
    }

    @Test
    void aLoadThatFailsLaterFailsWithItsOwnError() {
        IllegalStateException cause = new IllegalStateException("no database");

        CompletableFuture<User> failed = cache.retrieve(key, () -> CompletableFuture.failedFuture(cause));

        assertThatThrownBy(failed::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(cause);
        assertThat(cache.get(key)).isNull();
    }

    private static @Nullable Object valueOf(@Nullable ValueWrapper found) {
        assertThat(found).isNotNull();
        return found == null ? null : found.get();
    }

    private static <T> @Nullable T soon(@Nullable CompletableFuture<T> answer) {
        assertThat(answer).isNotNull();
        return answer == null ? null : answer.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
