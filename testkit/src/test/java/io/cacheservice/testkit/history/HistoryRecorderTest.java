package io.cacheservice.testkit.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded is read again, also from the file of a process that was killed. */
class HistoryRecorderTest {
    @TempDir
    Path folder;

    @Test
    void callsOfAServiceAreReadAgainFromTheFile() throws IOException {
        Path file = folder.resolve("0.history");
        try (CacheService service = CacheService.open(CacheConfig.builder().build());
                HistoryRecorder recorder = HistoryRecorder.create(file, 3)) {
            recorder.write("a key\nof \\two lines", 7, Duration.ofMinutes(1), () -> service.set("k", text(7)));
            recorder.read("a key\nof \\two lines", () -> service.lookup("k"), HistoryRecorderTest::number);
            recorder.delete("k", 8, () -> service.delete("k"));
            recorder.finalRead("k", () -> service.lookup("k"), HistoryRecorderTest::number);
            assertThat(recorder.operations()).isEqualTo(4);
        }
        History history = History.read(List.of(file));
        assertThat(history.size()).isEqualTo(4);
        assertThat(history.get(0)).satisfies(write -> {
            assertThat(write.process()).isEqualTo(3);
            assertThat(write.kind()).isEqualTo(Kind.WRITE);
            assertThat(write.key()).isEqualTo("a key\nof \\two lines");
            assertThat(write.lifeMillis()).isEqualTo(60_000);
            assertThat(write.endNanos()).isBetween(write.startNanos(), System.nanoTime());
        });
        assertThat(history.get(1).version()).isEqualTo(7);
        assertThat(history.get(1).tier()).isEqualTo(Tier.LOCAL);
        assertThat(history.get(3).kind()).isEqualTo(Kind.FINAL_READ);
        assertThat(history.get(3).version()).isEqualTo(Operation.ABSENT);
    }

    @Test
    void aWriteThatFailsIsRecordedWithWhatIsKnownOfIt() throws IOException {
        Path file = folder.resolve("0.history");
        List<RuntimeException> failures = List.of(
                new CacheTimeoutException("late", FailedOutcome.UNKNOWN),
                new CacheConnectionException("away", FailedOutcome.NOT_APPLIED),
                new IllegalStateException("what is this"));
        try (HistoryRecorder recorder = HistoryRecorder.create(file, 0)) {
            for (RuntimeException failure : failures) {
                assertThatThrownBy(() -> recorder.write("k", 1, Duration.ZERO, () -> {
                            throw failure;
                        }))
                        .isSameAs(failure);
            }
            recorder.delete("k", 2, () -> WriteOutcome.QUEUED);
        }
        assertThat(outcomes(History.read(List.of(file))))
                .containsExactly(Outcome.UNKNOWN, Outcome.FAILED, Outcome.UNKNOWN, Outcome.QUEUED);
    }

    @Test
    void aReadThatFailsIsRecordedAsFailed() throws IOException {
        Path file = folder.resolve("0.history");
        try (HistoryRecorder recorder = HistoryRecorder.create(file, 0)) {
            assertThatThrownBy(() -> recorder.<byte[]>read(
                            "k",
                            () -> {
                                throw new CacheTimeoutException("late", FailedOutcome.NOT_APPLIED);
                            },
                            HistoryRecorderTest::number))
                    .isInstanceOf(CacheTimeoutException.class);
        }
        assertThat(outcomes(History.read(List.of(file)))).containsExactly(Outcome.FAILED);
    }

    @Test
    void aKilledProcessLeavesItsLastWriteUnknownAndHalfALine() throws IOException {
        Path file = folder.resolve("0.history");
        Files.writeString(
                file, "history 1 4 1000\nw+ 0 1 0 5 -1 - k\nwa 0 1 0 5 10 - k\nw+ 0 2 0 50 -1 - k\nra 1 1 0 5");
        History history = History.read(List.of(file));
        assertThat(outcomes(history)).containsExactly(Outcome.APPLIED, Outcome.UNKNOWN);
        assertThat(history.get(0).endNanos()).isEqualTo(1015);
        assertThat(history.get(1).version()).isEqualTo(2);
        assertThat(history.get(1).endNanos()).isEqualTo(Operation.NEVER_ENDED);
    }

    @Test
    void whatIsNoOperationIsNamedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("0.history"), "history 1 4 1000\nxyz\n");
        assertThatThrownBy(() -> History.read(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0.history:2")
                .hasMessageContaining("xyz");
    }

    private static List<Outcome> outcomes(History history) {
        return IntStream.range(0, history.size())
                .mapToObj(i -> history.get(i).outcome())
                .toList();
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, UTF_8));
    }
}
