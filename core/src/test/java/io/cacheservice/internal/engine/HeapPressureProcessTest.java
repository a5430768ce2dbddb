package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM of its own whose heap cannot hold both the cache and what {@link GrowingProgram} needs besides. */
class HeapPressureProcessTest {
    private static final int OUT_OF_MEMORY = 3;
    private static final String LITTLE_ROOM = "the heap has little room left";
    private static final String ROOM_AGAIN = "the heap has room again";

    @TempDir
    Path directory;

    @Test
    void theLocalTierMakesRoomForTheProgramAndTakesItBackWhenThereIsAgain() throws IOException, InterruptedException {
        assertMakesRoom("UseG1GC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UseSerialGC", "UseParallelGC"})
    void soItDoesWithCollectorsThatWaitUntilTheHeapIsFull(String collector) throws IOException, InterruptedException {
        assertMakesRoom(collector);
    }

    private void assertMakesRoom(String collector) throws IOException, InterruptedException {
        Ended program = run(collector, "0.85");

        assertThat(program.exitCode()).as(program.said()).isZero();
        assertThat(program.said()).containsPattern("evicted [1-9]").contains("reduced true", "regained true");
        assertThat(program.said()).containsOnlyOnce(LITTLE_ROOM).containsOnlyOnce(ROOM_AGAIN);
    }

    @Test
    void aLocalTierThatMayStayTakesTheHeapFromTheProgram() throws IOException, InterruptedException {
        Ended program = run("UseG1GC", "none");

        assertThat(program.exitCode()).as(program.said()).isEqualTo(OUT_OF_MEMORY);
        assertThat(program.said()).contains("OutOfMemoryError").doesNotContain(LITTLE_ROOM);
    }

    private record Ended(int exitCode, String said) {}

    private Ended run(String collector, String heapPressure) throws IOException, InterruptedException {
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+" + collector,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        ManagementFactory.getRuntimeMXBean().getClassPath(),
                        GrowingProgram.class.getName(),
                        heapPressure)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
            return new Ended(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
