package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.EntryVersion;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The atomic calls among many threads. */
abstract class AtomicityContract extends TierContract {
    private static final int THREADS = 8;
    private static final int ROUNDS = 25;

    @Test
    void ofManyThatSetIfAbsentOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "k" + round;
            List<Boolean> won =
                    Crowd.runAll(THREADS, thread -> () -> service().setIfAbsent(key, bytes("by " + thread), LIFE));

            assertThat(won).containsOnlyOnce(true);
            assertThat(text(service().get(key))).isEqualTo("by " + won.indexOf(true));
        }
    }

    @Test
    void ofManyThatPutIfAbsentOneWins() throws Exception {
        Cache<String, String> cache = openTexts("t");
        for (int round = 0; round < ROUNDS; round++) {
            String key = "k" + round;
            List<Boolean> won = Crowd.runAll(THREADS, thread -> () -> cache.putIfAbsent(key, "by " + thread));

            assertThat(won).containsOnlyOnce(true);
            assertThat(cache.get(key)).isEqualTo("by " + won.indexOf(true));
        }
    }

    @Test
    void ofManyThatTakeAValueOneGetsIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "k" + round;
            service().set(key, bytes("token"), LIFE);

            List<String> taken = Crowd.runAll(
                    THREADS, thread -> () -> String.valueOf(text(service().getAndDelete(key))));

            assertThat(taken).containsOnlyOnce("token");
            assertThat(Collections.frequency(taken, "null")).isEqualTo(THREADS - 1);
        }
    }

    @Test
    void ofManyThatReplaceTheSameVersionOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "k" + round;
            service().set(key, bytes("seen"), LIFE);
            EntryVersion seen = hit(service().lookup(key)).version().orElseThrow();

            List<Boolean> won =
                    Crowd.runAll(THREADS, thread -> () -> service().replace(key, seen, bytes("by " + thread), LIFE));

            assertThat(won).containsOnlyOnce(true);
            assertThat(text(service().get(key))).isEqualTo("by " + won.indexOf(true));
        }
    }

    @Test
    void ofManyThatDeleteTheSameVersionOneDoes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "k" + round;
            service().set(key, bytes("seen"), LIFE);
            EntryVersion seen = hit(service().lookup(key)).version().orElseThrow();

            List<Boolean> removed =
                    Crowd.runAll(THREADS, thread -> () -> service().delete(key, seen));

            assertThat(removed).containsOnlyOnce(true);
            assertThat(service().get(key)).isNull();
        }
    }

    @Test
    void noUpdateIsLostAmongThreadsThatReplaceWhatTheySaw() throws Exception {
        service().set("sum", bytes("0"), LIFE);

        Crowd.runAll(4, thread -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                addOne("sum");
            }
            return thread;
        });

        assertThat(text(service().get("sum"))).isEqualTo(String.valueOf(4 * ROUNDS));
    }

    private void addOne(String key) {
        while (true) {
            var seen = hit(service().lookup(key));
            int sum = Integer.parseInt(Objects.requireNonNull(text(seen.valueOrNull())));
            if (service().replace(key, seen.version().orElseThrow(), bytes(String.valueOf(sum + 1)), LIFE)) {
                return;
            }
        }
    }

    @Test
    void noIncrementIsLost() throws Exception {
        List<Long> last = Crowd.runAll(THREADS, thread -> () -> {
            long sum = 0;
            for (int i = 0; i < 200; i++) {
                sum = service().increment("n", 1, LIFE);
            }
            return sum;
        });

        assertThat(text(service().get("n"))).isEqualTo(String.valueOf(THREADS * 200));
        assertThat(Collections.max(last)).isEqualTo(THREADS * 200L);
    }

    @Test
    void everyIncrementAnswersASumOfItsOwn() throws Exception {
        List<Long> sums = Crowd.runAll(THREADS, thread -> () -> service().increment("n", 1, LIFE));

        assertThat(sums).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aReaderSeesOneWholeValueOrTheOther() throws Exception {
        byte[] ones = new byte[10_000];
        byte[] twos = new byte[10_000];
        Arrays.fill(ones, (byte) 1);
        Arrays.fill(twos, (byte) 2);
        service().set("k", ones, LIFE);

        Crowd.runAll(4, thread -> () -> {
            for (int i = 0; i < 100; i++) {
                if (thread == 0) {
                    service().set("k", i % 2 == 0 ? twos : ones, LIFE);
                } else {
                    assertThat(service().get("k")).isIn(ones, twos);
                }
            }
            return thread;
        });
    }
}
