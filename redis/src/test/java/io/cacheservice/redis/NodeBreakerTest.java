package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.ManualTime;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a server is left alone, and what brings it back. */
class NodeBreakerTest {
    private static final Budgets BUDGETS = new Budgets(
            Duration.ofMillis(50).toNanos(),
            Duration.ofMillis(100).toNanos(),
            Duration.ofSeconds(2).toNanos(),
            100,
            1_000,
            1_000);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1_500);

    private final ManualTime time = new ManualTime();
    private final NodeBreaker breaker = new NodeBreaker("here:6379", Duration.ofSeconds(1), BUDGETS, time);

    @Test
    void itIsLeftAloneWhenHalfOfTheLastHundredGotNoAnswerAndNotSooner() {
        answeredIn(0, NodeBreaker.WINDOW);
        for (int i = 0; i < NodeBreaker.WINDOW / 2 - 1; i++) {
            fail(Access.READ);
        }
        assertThat(breaker.isOpen()).isFalse();
        fail(Access.READ);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.admits(request(Access.READ))).isFalse();
        assertThat(breaker.refusal()).hasMessageContaining("here:6379").hasMessageContaining("breakerPause");
    }

    @Test
    void fewFailuresSayNothing() {
        for (int i = 0; i < NodeBreaker.LEAST - 1; i++) {
            fail(Access.WRITE);
        }
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void manyThatComeJustInTimeAreTooSlow() {
        answeredIn(24, 100);
        assertThat(breaker.isOpen()).isFalse();
        answeredIn(26, 79);
        assertThat(breaker.isOpen()).isFalse();
        answeredIn(26, 1);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void aWriteMayTakeAsLongAsItsOwnTimeAllows() {
        for (int i = 0; i < 100; i++) {
            answer(Access.WRITE, 49);
        }
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatRefusesIsAnAnswer() {
        for (int i = 0; i < 100; i++) {
            KeyRequest<?> request = admitted(Access.READ);
            request.heardOf();
            request.completeExceptionally(Failures.refused("here:6379", "GET", "LOADING"));
        }
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void afterAWhileAFewAreLetThroughAndTheirFateDecides() {
        trip();
        time.advance(LONGEST_PAUSE.plusMillis(1));
        List<KeyRequest<?>> trials = trials();
        trials.forEach(trial -> trial.completeExceptionally(new IllegalStateException("no answer")));
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.admits(request(Access.READ))).isFalse();

        time.advance(LONGEST_PAUSE.plusMillis(1));
        trials().forEach(KeyRequest::heardOf);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void aTrialThatEndsByItselfLeavesItsPlaceToAnother() {
        trip();
        time.advance(LONGEST_PAUSE.plusMillis(1));
        List<KeyRequest<?>> trials = trials();
        trials.get(0).cancel(true);
        trials.get(1).endsByItself();
        trials.subList(2, NodeBreaker.TRIALS).forEach(KeyRequest::heardOf);
        assertThat(breaker.isOpen()).isTrue();
        admitted(Access.READ).heardOf();
        admitted(Access.READ).heardOf();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void aPromptAnswerToWhatIsAskedInAnyCaseEndsTheWhile() {
        trip();
        breaker.heard(Duration.ofMillis(26).toNanos());
        assertThat(breaker.admits(request(Access.READ))).isFalse();
        breaker.heard(Duration.ofMillis(1).toNanos());
        trials().forEach(KeyRequest::heardOf);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void aRequestIsCountedOnce() {
        for (int i = 0; i < NodeBreaker.LEAST; i++) {
            KeyRequest<?> request = admitted(Access.READ);
            request.heardOf();
            request.completeExceptionally(new IllegalStateException("the value cannot be decoded"));
            request.completeExceptionally(new IllegalStateException("once more"));
        }
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void itIsNeverLeftAloneWhereNobodyWantsThat() {
        NodeBreaker none = new NodeBreaker("here:6379", Duration.ZERO, BUDGETS, time);
        for (int i = 0; i < 100; i++) {
            KeyRequest<?> request = request(Access.READ);
            assertThat(none.admits(request)).isTrue();
            request.completeExceptionally(new IllegalStateException("no answer"));
        }
        assertThat(none.isOpen()).isFalse();
    }

    @Test
    void theLogSaysOnceThatAServerIsLeftAloneAndOnceThatItAnswersAgain() {
        Logger log = Logger.getLogger("io.cacheservice.redis");
        List<String> said = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Level usual = log.getLevel();
        log.setLevel(Level.INFO);
        log.addHandler(handler);
        try {
            trip();
            time.advance(LONGEST_PAUSE.plusMillis(1));
            trials().forEach(trial -> trial.completeExceptionally(new IllegalStateException("no answer")));
            time.advance(LONGEST_PAUSE.plusMillis(1));
            trials().forEach(KeyRequest::heardOf);
            answeredIn(0, NodeBreaker.WINDOW);
        } finally {
            log.removeHandler(handler);
            log.setLevel(usual);
        }

        assertThat(said)
                .satisfiesExactly(
                        alone -> assertThat(alone).startsWith("here:6379 is left alone"),
                        again -> assertThat(again).isEqualTo("here:6379 answers in time again"));
    }

    private void trip() {
        for (int i = 0; i < NodeBreaker.LEAST; i++) {
            fail(Access.READ);
        }
        assertThat(breaker.isOpen()).isTrue();
    }

    private List<KeyRequest<?>> trials() {
        List<KeyRequest<?>> trials = new ArrayList<>();
        for (int i = 0; i < NodeBreaker.TRIALS; i++) {
            trials.add(admitted(Access.READ));
        }
        assertThat(breaker.admits(request(Access.READ))).isFalse();
        return trials;
    }

    private void answeredIn(long millis, int times) {
        for (int i = 0; i < times; i++) {
            answer(Access.READ, millis);
        }
    }

    private void answer(Access access, long millis) {
        KeyRequest<?> request = admitted(access);
        time.advance(Duration.ofMillis(millis));
        request.heardOf();
    }

    private void fail(Access access) {
        admitted(access).completeExceptionally(new IllegalStateException("no answer"));
    }

    private KeyRequest<?> admitted(Access access) {
        KeyRequest<?> request = request(access);
        assertThat(breaker.admits(request)).isTrue();
        return request;
    }

    private KeyRequest<?> request(Access access) {
        return new Probe(access, time.nanoTime() + BUDGETS.nanos(access));
    }

    /** A request that goes nowhere. */
    private static final class Probe extends KeyRequest<String> {
        Probe(Access access, long deadlineNanos) {
            super(NoRouting.INSTANCE, access, "GET", bytes("k"), deadlineNanos, 0);
        }

        @Override
        @Nullable
        String error() {
            return null;
        }

        @Override
        void begin(List<RedisCommand<byte[], byte[], ?>> out) {}

        @Override
        String answered(List<RedisCommand<byte[], byte[], ?>> out) {
            return "";
        }
    }
}
