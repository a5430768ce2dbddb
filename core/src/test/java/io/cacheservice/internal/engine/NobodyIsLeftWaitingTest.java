package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import io.cacheservice.SourceException;
import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NobodyIsLeftWaitingTest {
    @Test
    void whatIsHandedToACallerThatGaveUpWaitingRunsElsewhere() {
        List<Runnable> elsewhere = new ArrayList<>();
        CallerThread caller = new CallerThread(elsewhere::add);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> caller.await(new CompletableFuture<String>()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();

        caller.execute(() -> {});

        assertThat(elsewhere).hasSize(1);
    }

    @Test
    void anInterruptedCallerThatOwnsTheLoadLeavesTheKeyLoadable() {
        try (CacheService service = CacheService.builder().open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> "loaded " + key)
                    .loadOnCaller()
                    .open();
            Thread.currentThread().interrupt();
            assertThat(cache.get("k")).isEqualTo("loaded k");
            assertThat(Thread.interrupted()).isTrue();

            assertThat(cache.get("k")).isEqualTo("loaded k");
        }
    }

    @Test
    void aLoaderOnTheCallersThreadMayReadAnotherKeyOfTheSameBatch() {
        try (CacheService service = CacheService.builder().open()) {
            AtomicInteger loads = new AtomicInteger();
            Cache<String, String>[] self = newHolder();
            self[0] = service.cache("names", String.class)
                    .loader(key -> {
                        loads.incrementAndGet();
                        return key.equals("a") ? "a and " + self[0].get("b") : "b";
                    })
                    .loadOnCaller()
                    .open();

            assertThat(self[0].getAll(List.of("a", "b")))
                    .containsEntry("a", "a and b")
                    .containsEntry("b", "b");
            assertThat(loads).hasValue(2);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Cache<String, String>[] newHolder() {
        return new Cache[1];
    }

    @Test
    void aRefusedLoadWithACarriedContextDoesNotTakeTheTurnOfAnother() {
        AtomicInteger calls = new AtomicInteger();
        Executor refusesTheFirst = task -> {
            if (calls.getAndIncrement() == 0) {
                throw new RejectedExecutionException("busy");
            }
            task.run();
        };
        try (CacheService service = CacheService.builder()
                .executor(refusesTheFirst)
                .contextCarrier(task -> () -> task.run())
                .open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> "loaded " + key)
                    .open();

            assertThatThrownBy(() -> cache.getAll(List.of("a", "b"))).isInstanceOf(SourceException.class);
            assertThat(cache.getIfPresent("b")).isEqualTo("loaded b");
            assertThat(cache.get("a")).isEqualTo("loaded a");
        }
    }

    @Test
    void aCarrierThatFailsFailsNobodysLoad() throws Exception {
        try (CacheService service = CacheService.builder()
                .contextCarrier(task -> () -> {
                    throw new IllegalStateException("a carrier that fails");
                })
                .open()) {
            assertThat(service.async()
                            .get("k", java.time.Duration.ofMinutes(1), key -> new byte[] {1})
                            .get(10, TimeUnit.SECONDS))
                    .containsExactly(1);
        }
    }

    @Test
    void anExecutorThatFailsInItsOwnWayFailsTheLoadAndFreesTheKey() {
        AtomicInteger calls = new AtomicInteger();
        Executor failsOnce = task -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("no more threads");
            }
            task.run();
        };
        try (CacheService service = CacheService.builder().executor(failsOnce).open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> "loaded " + key)
                    .open();

            assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
            assertThat(cache.get("k")).isEqualTo("loaded k");
        }
    }

    @Test
    void aFallbackThatRefusesLosesNoneOfTheTasksThatWaitForTheCaller() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CallerThread outer = new CallerThread(task -> {
            if (calls.getAndIncrement() == 0) {
                throw new RejectedExecutionException("busy");
            }
            task.run();
        });
        CountDownLatch queuedTasks = new CountDownLatch(2);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        outer.execute(() -> {
            new CallerThread(Runnable::run).await(CompletableFuture.completedFuture("read by the loader"));
            outcome.complete("loaded");
        });
        outer.execute(queuedTasks::countDown);
        outer.execute(queuedTasks::countDown);

        assertThat(outer.await(outcome)).isEqualTo("loaded");
        assertThat(queuedTasks.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsHandedOverLateToARefusingFallbackRunsAllTheSame() throws Exception {
        CallerThread caller = new CallerThread(task -> {
            throw new RejectedExecutionException("busy");
        });
        caller.await(CompletableFuture.completedFuture("done"));
        CountDownLatch ran = new CountDownLatch(1);

        caller.execute(ran::countDown);

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCarrierThatFailsAfterTheLoadFailsNoReadOnTheCallersThread() {
        try (CacheService service = CacheService.builder()
                .contextCarrier(task -> () -> {
                    task.run();
                    throw new IllegalStateException("a carrier that fails");
                })
                .open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> "loaded " + key)
                    .loadOnCaller()
                    .open();

            assertThat(cache.get("k")).isEqualTo("loaded k");
        }
    }

    @Test
    void aFailureThatCannotBePrintedStillEndsTheWait() {
        try (CacheService service = CacheService.builder().open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> {
                        throw new UnprintableException();
                    })
                    .open();

            assertThatThrownBy(() -> cache.get("k")).isInstanceOf(RuntimeException.class);
        }
    }

    private static final class UnprintableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("cannot be printed");
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException("cannot be printed");
        }
    }

    @Test
    void aCodecMayReadAnyOtherKeyOfItsCacheWhileALoadIsStored() {
        try (CacheService service = CacheService.builder().open()) {
            AtomicReference<Cache<Integer, String>> self = new AtomicReference<>();
            Cache<Integer, String> cache = service.cache("names", KeyCodec.ints(), TypeRef.of(String.class))
                    .codec(new ReadsAnother(self))
                    .loader(key -> "loaded " + key)
                    .open();
            self.set(cache);

            assertThat(cache.get(1)).isEqualTo("loaded 1");
            assertThat(cache.getIfPresent(1)).isEqualTo("loaded 1");
            assertThat(cache.getIfPresent(17)).isEqualTo("loaded 17");
        }
    }

    /** Reads key 17 while it encodes the value of key 1: a small hash table keeps both in one bin. */
    private record ReadsAnother(AtomicReference<Cache<Integer, String>> cache) implements ValueCodec<String> {
        @Override
        public int id() {
            return 200;
        }

        @Override
        public byte[] encode(String value) {
            if (value.equals("loaded 1")) {
                assertThat(Objects.requireNonNull(cache.get()).get(17)).isEqualTo("loaded 17");
            }
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes, int offset, int length) {
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
    }
}
