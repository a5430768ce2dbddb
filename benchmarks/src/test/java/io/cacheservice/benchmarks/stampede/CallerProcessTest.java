package io.cacheservice.benchmarks.stampede;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerProcessTest {
    /** Asks the source each time; the key "wrong" gives another value. */
    static final class Unprotected {
        private Unprotected() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Source source = new Source();
            LoadedCache cache = key -> key.equals("wrong") ? "another" : source.load(key);
            new CallLoop(List.of(new Subject(source, cache, cache))).run(System.in, System.out);
        }
    }

    /** Ends at once. */
    static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) {
            System.exit(3);
        }
    }

    private final List<CallerProcess> processes = new ArrayList<>();

    @AfterEach
    void close() {
        processes.forEach(CallerProcess::close);
    }

    @Test
    void callersOfSeveralJvmsCallFromOneMomentOn() {
        processes.addAll(CallerProcess.start(2, Unprotected.class, List.of()));

        CallerProcess.Run run = CallerProcess.run(processes, new Task(0, 3, "key", false, false), Duration.ZERO);

        assertThat(run.outcome().loads()).hasSize(6);
        assertThat(run.outcome().calls()).hasSize(6).allSatisfy(call -> {
            assertThat(call.beginNanoTime()).isGreaterThanOrEqualTo(run.beginNanoTime());
            assertThat(call.nanos()).isGreaterThanOrEqualTo(Source.LOAD_TIME.toNanos());
        });
    }

    @Test
    void aCallerThatGetsAnotherValueIsAnErrorThatSaysSo() {
        processes.addAll(CallerProcess.start(1, Unprotected.class, List.of()));

        assertThatIllegalStateException()
                .isThrownBy(() -> CallerProcess.run(processes, new Task(0, 2, "wrong", false, false), Duration.ZERO))
                .withMessageContaining("\"another\" is not the value of wrong");
    }

    @Test
    void aJvmThatEndsIsAnError() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CallerProcess.start(1, Ending.class, List.of()))
                .withMessageContaining("a calling JVM has ended");
    }
}
