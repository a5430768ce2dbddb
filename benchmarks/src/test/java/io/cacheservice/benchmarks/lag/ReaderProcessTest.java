package io.cacheservice.benchmarks.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cacheservice.benchmarks.harness.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReaderProcessTest {
    /** Reads one version more each time, whatever is written. */
    static final class Ahead {
        private Ahead() {}

        public static void main(String[] arguments) {
            new ReadLoop(Path.of(arguments[0]), List.of(new Counting())).run();
        }
    }

    /** Ends at once. */
    static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) {
            System.exit(3);
        }
    }

    private static final class Counting implements VersionedKey {
        private long version;

        @Override
        public void write(long written) {
            // nobody needs it
        }

        @Override
        public long read() {
            return ++version;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void theOtherJvmReadsTheKeyWhoseTurnItIs() throws InterruptedException {
        try (ReaderProcess reader = ReaderProcess.start(Ahead.class, List.of())) {
            assertThat(reader.pid()).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(new LagSlice(new Counting(), 0, reader, new AtomicLong()).run(Duration.ofMillis(20)))
                    .hasEntrySatisfying(
                            Metric.READS_PER_SECOND, rate -> assertThat(rate).isPositive())
                    .containsEntry(Metric.LATER_THAN_A_SECOND, 0.0);
        }
    }

    @Test
    void aVersionThatIsNotSeenIsWaitedForNoLongerThanAskedFor() throws InterruptedException {
        try (ReaderProcess reader = ReaderProcess.start(Ahead.class, List.of())) {
            long begin = System.nanoTime();

            assertThat(reader.awaitSeen(Long.MAX_VALUE, Duration.ofMillis(5)) - begin)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(5).toNanos());
        }
    }

    @Test
    void aReaderThatEndsIsAnErrorThatSaysHow() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ReaderProcess.start(Ending.class, List.of()))
                .withMessageContaining("has ended with 3");
    }
}
