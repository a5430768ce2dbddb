package io.cacheservice.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailedLoadsTest {
    private static final long ERROR_TTL = 500;
    private static final long LONGEST = 32_000;
    private static final Backoff BACKOFF = new Backoff(1_000, LONGEST);
    private final Exception cause = new IllegalStateException("the database is away");
    /** Half of each pause. */
    private static final RandomGenerator HALF = new RandomGenerator() {
        @Override
        public double nextDouble() {
            return 0.5;
        }

        @Override
        public long nextLong() {
            return 0;
        }
    };

    private final FailedLoads<String> loads = withRoomFor(100);

    private static FailedLoads<String> withRoomFor(int keys) {
        return new FailedLoads<>(BACKOFF, ERROR_TTL, keys, HALF);
    }

    @Test
    void aKeyThatHasNotFailedMayBeLoaded() {
        assertThat(loads.barring("k", true, 0)).isNull();
        loads.failed("other", cause, false, 0);
        assertThat(loads.barring("k", true, 0)).isNull();
    }

    @Test
    void whoHasNoStaleValueWaitsNoLongerForOneThatOthersAreShieldedFrom() {
        for (int i = 0; i < 10; i++) {
            loads.failed("k", cause, true, 0);
        }

        assertThat(loads.barring("k", false, ERROR_TTL - 1)).isNotNull();
        assertThat(loads.barring("k", false, ERROR_TTL)).isNull();
        assertThat(loads.barring("k", true, ERROR_TTL)).isNotNull();
    }

    @Test
    void anErrorThatNobodyIsShieldedFromIsRememberedForTheSameTimeEachTime() {
        for (int i = 1; i <= 5; i++) {
            long now = i * 10_000L;
            Failure failure = loads.failed("k", cause, false, now);

            assertThat(failure).isEqualTo(new Failure(cause, i, now + ERROR_TTL, now + ERROR_TTL));
            assertThat(loads.barring("k", true, now + ERROR_TTL - 1)).isEqualTo(failure);
            assertThat(loads.barring("k", true, now + ERROR_TTL)).isNull();
        }
    }

    @Test
    void whereThereIsAStaleValueThePausesGrow() {
        long now = 0;
        for (long pause : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000}) {
            assertThat(loads.failed("k", cause, true, now).untilNanos()).isEqualTo(now + pause);
            assertThat(loads.barring("k", true, now + pause - 1)).isNotNull();
            now += pause;
            assertThat(loads.barring("k", true, now)).isNull();
        }
    }

    @Test
    void afterASuccessTheNextFailureIsTheFirst() {
        loads.failed("k", cause, true, 0);
        loads.failed("k", cause, true, 0);
        loads.succeeded("k");

        assertThat(loads.barring("k", true, 0)).isNull();
        assertThat(loads.size()).isZero();
        assertThat(loads.failed("k", cause, true, 0).failuresInARow()).isEqualTo(1);
    }

    @Test
    void aSuccessOfOneKeyLeavesTheOthers() {
        loads.failed("a", cause, true, 0);
        loads.failed("b", cause, true, 0);
        loads.succeeded("a");

        assertThat(loads.barring("a", true, 0)).isNull();
        assertThat(loads.barring("b", true, 0)).isNotNull();
    }

    @Test
    void howOftenAKeyHasFailedIsForgottenOneLongestPauseAfterItsPause() {
        loads.failed("k", cause, true, 0);
        assertThat(loads.failed("k", cause, true, 500 + LONGEST - 1).failuresInARow())
                .isEqualTo(2);

        long end = 500 + LONGEST - 1 + 1_000;
        loads.failed("other", cause, true, end + LONGEST);
        assertThat(loads.size()).isEqualTo(1);
        assertThat(loads.failed("k", cause, true, end + LONGEST).failuresInARow())
                .isEqualTo(1);
    }

    @Test
    void noMoreKeysAreRememberedThanThereIsRoomFor() {
        FailedLoads<String> few = withRoomFor(10);
        for (int i = 0; i < 1_000; i++) {
            few.failed("k" + i, cause, i % 2 == 0, i);
            assertThat(few.size()).isEqualTo(Math.min(i + 1, 10));
        }
    }

    @Test
    void aKeyWhosePauseIsOverMakesRoomBeforeOneThatStillWaits() {
        FailedLoads<String> few = withRoomFor(3);
        few.failed("waits", cause, true, 0);
        few.failed("waits", cause, true, 0);
        few.failed("over", cause, true, 0);
        few.failed("waits too", cause, false, 400);
        few.failed("new", cause, false, 600);

        assertThat(few.barring("waits", true, 600)).isNotNull();
        assertThat(few.barring("waits too", true, 600)).isNotNull();
        assertThat(few.barring("new", true, 600)).isNotNull();
        assertThat(few.failed("over", cause, true, 600).failuresInARow()).isEqualTo(1);
    }

    @Test
    void whereAllStillWaitTheOneThatWouldWaitShortestMakesRoom() {
        FailedLoads<String> few = withRoomFor(2);
        few.failed("long", cause, true, 0);
        few.failed("long", cause, true, 0);
        few.failed("short", cause, false, 0);
        few.failed("new", cause, false, 1);

        assertThat(few.barring("long", true, 1)).isNotNull();
        assertThat(few.barring("short", true, 1)).isNull();
        assertThat(few.barring("new", true, 1)).isNotNull();
    }

    @Test
    void aKeyThatFailsAgainNeedsNoMoreRoom() {
        FailedLoads<String> few = withRoomFor(2);
        few.failed("a", cause, true, 0);
        few.failed("b", cause, true, 0);
        few.failed("b", cause, true, 0);

        assertThat(few.barring("a", true, 0)).isNotNull();
        assertThat(few.size()).isEqualTo(2);
    }

    @Test
    void theClockMayPassItsLargestNumber() {
        long now = Long.MAX_VALUE - 100;
        loads.failed("early", cause, false, now - 1_000_000);
        loads.failed("k", cause, false, now);

        assertThat(loads.barring("early", true, now)).isNull();
        assertThat(loads.barring("k", true, now + ERROR_TTL - 1)).isNotNull();
        assertThat(loads.barring("k", true, now + ERROR_TTL)).isNull();
        assertThat(loads.size()).as("the early one is forgotten, and only it").isEqualTo(1);
    }

    @Test
    void withAnErrorTtlOfZeroErrorsBarNothing() {
        FailedLoads<String> none = new FailedLoads<>(BACKOFF, 0, 10, HALF);
        none.failed("k", cause, false, 7);

        assertThat(none.barring("k", true, 7)).isNull();
    }

    @Test
    void roomForNoKeysAndTimesBelowZeroAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FailedLoads<String>(BACKOFF, 0, 0, HALF));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailedLoads<String>(BACKOFF, -1, 10, HALF))
                .withMessageContaining("errorTtl -1 ns");
    }

    /** Sixty keys in a memory for forty, so that keys come, go and make room all the time. */
    @Test
    void manyThreadsSeeOnlyFailuresOfTheirKeyAndLeaveNothingBehind() throws Exception {
        FailedLoads<Integer> shared = new FailedLoads<>(BACKOFF, ERROR_TTL, 40, new SplittableRandom(2015));
        List<Exception> causes = IntStream.range(0, 60)
                .mapToObj(i -> new Exception("of key " + i))
                .toList();
        AtomicInteger seen = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        Executor newThread = task -> new Thread(task).start();
        List<CompletableFuture<Void>> threads = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(() -> churn(shared, causes, i, begin, seen), newThread))
                .toList();
        begin.countDown();
        for (CompletableFuture<Void> thread : threads) {
            thread.get(40, TimeUnit.SECONDS);
        }

        assertThat(seen).hasPositiveValue();
        assertThat(shared.size()).isLessThanOrEqualTo(40);
        IntStream.range(0, 60).forEach(shared::succeeded);
        assertThat(shared.size()).isZero();
        IntStream.range(0, 60).forEach(i -> shared.failed(i, cause, true, 0));
        assertThat(shared.size()).as("none takes room without being known").isEqualTo(40);
    }

    private static void churn(
            FailedLoads<Integer> shared, List<Exception> causes, int seed, CountDownLatch begin, AtomicInteger seen) {
        await(begin);
        SplittableRandom random = new SplittableRandom(seed);
        for (long now = 0; now < 20_000; now++) {
            int key = random.nextInt(causes.size());
            switch (random.nextInt(3)) {
                case 0 -> shared.failed(key, causes.get(key), random.nextBoolean(), now);
                case 1 -> shared.succeeded(key);
                default -> {
                    Failure failure = shared.barring(key, true, now);
                    if (failure != null) {
                        seen.incrementAndGet();
                        assertThat(failure.cause()).isSameAs(causes.get(key));
                    }
                }
            }
            if (shared.size() > 40) {
                throw new AssertionError(shared.size() + " keys in room for 40");
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
