package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.SourceWriter;
import io.cacheservice.Writes;
import io.cacheservice.internal.engine.WriteBehind.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the source gets what waits for it, and in which order. The test runs the flushes. */
class WriteBehindTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final LinkedBlockingQueue<Runnable> flushes = new LinkedBlockingQueue<>();
    private final List<Map<String, String>> written = new ArrayList<>();
    private Runnable whileWriting = () -> {};

    @Test
    void aFullBatchDoesNotWaitForTheDelay() {
        WriteBehind<String, String> behind = behind(NEVER, 2, 10);

        behind.add("a", new Pending<>("1"));
        assertThat(flushes).isEmpty();
        behind.add("b", new Pending<>("1"));
        runAll();

        assertThat(written).containsExactly(Map.of("a", "1", "b", "1"));
    }

    @Test
    void afterAFailureAFullBatchWaitsForThePause() throws InterruptedException {
        WriteBehind<String, String> behind = behind(NEVER, 1, 10);
        whileWriting = () -> {
            throw new IllegalStateException("the source is away");
        };
        behind.add("a", new Pending<>("1"));
        runAll();
        whileWriting = () -> {};

        behind.add("b", new Pending<>("1"));

        assertThat(flushes).isEmpty();
        take().run();
        runAll();
        assertThat(written).containsExactly(Map.of("a", "1"), Map.of("a", "1"), Map.of("b", "1"));
    }

    @Test
    void aKeyWhoseWriteIsUnderWayIsNeverWrittenPastIt() {
        WriteBehind<String, String> behind = behind(NEVER, 2, 2);
        List<Boolean> accepted = new ArrayList<>();
        whileWriting = () -> {
            whileWriting = () -> {};
            accepted.add(behind.add("a", new Pending<>("2")));
            accepted.add(behind.add("c", new Pending<>("2")));
        };

        behind.add("a", new Pending<>("1"));
        behind.add("b", new Pending<>("1"));
        runAll();

        assertThat(accepted).as("of a key that is under way, and of one more").containsExactly(true, false);
        behind.close();
        assertThat(behind.find("a")).isEqualTo(new Pending<>("2"));
    }

    @Test
    void ofTwoFlushesThatAreDueOnlyTheLaterWrites() throws InterruptedException {
        WriteBehind<String, String> behind = behind(Duration.ofMillis(1), 10, 10);
        behind.add("a", new Pending<>("1"));
        Runnable afterTheDelay = take();
        behind.close();
        Runnable atTheEnd = take();
        whileWriting = () -> {
            whileWriting = () -> {};
            behind.add("a", new Pending<>("2"));
            afterTheDelay.run();
            assertThat(written).as("no second batch beside the first").hasSize(1);
        };

        atTheEnd.run();
        runAll();

        assertThat(written).containsExactly(Map.of("a", "1"), Map.of("a", "2"));
    }

    private void runAll() {
        for (Runnable flush = flushes.poll(); flush != null; flush = flushes.poll()) {
            flush.run();
        }
    }

    private Runnable take() throws InterruptedException {
        return Objects.requireNonNull(flushes.poll(30, TimeUnit.SECONDS), "no flush is due");
    }

    private WriteBehind<String, String> behind(Duration delay, int maxBatch, int maxPending) {
        SourceWriter<String, String> writer = new SourceWriter<>() {
            @Override
            public void write(String key, String value) {
                throw new AssertionError("batches are written as such");
            }

            @Override
            public void writeAll(Map<String, String> entries) {
                written.add(Map.copyOf(entries));
                whileWriting.run();
            }

            @Override
            public void delete(String key) {
                throw new AssertionError("nothing is removed");
            }
        };
        return new WriteBehind<>(
                "rows", writer, new Writes.Behind(delay, maxBatch, maxPending, Duration.ZERO), flushes::add, key -> {});
    }
}
