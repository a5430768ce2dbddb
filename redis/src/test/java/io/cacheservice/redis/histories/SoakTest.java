package io.cacheservice.redis.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The shortest form of {@link SoakRun}: too short for memory, whose caches still fill. */
class SoakTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void noPromiseIsBrokenAndNoThreadsHandlesOrConnectionsAreKept() throws Exception {
        SoakRun run = run("--faults", "cut,client-kill,flushall,jvm-kill");
        run.runIn(folder);

        assertThat(run.report().isClean()).isTrue();
        assertThat(run.undocumented()).isEmpty();
        assertThat(run.report().loads()).isGreaterThan(50);
        assertThat(run.grown())
                .noneMatch(figure ->
                        figure.endsWith("threads") || figure.endsWith("handles") || figure.endsWith("cache_clients"));
    }

    @Test
    void threadsHandlesAndMemoryThatAreKeptAreFoundAndSoAreCopiesThatHearOfNoChange() throws Exception {
        SoakRun run = run("--faults", "cut", "--leak", "--deaf-copies", "4000");

        assertThat(run.runIn(folder)).isFalse();

        assertThat(run.report().isClean()).isFalse();
        assertThat(run.grown()).contains("JVM 0 heap_bytes", "JVM 0 threads", "JVM 0 handles");
    }

    private static SoakRun run(String... faults) {
        String[] words = new String[faults.length + 6];
        System.arraycopy(new String[] {"--jvms", "2", "--threads", "3", "--rate", "500"}, 0, words, 0, 6);
        System.arraycopy(faults, 0, words, 6, faults.length);
        return new SoakRun(RunOptions.parseSoak(words), Duration.ofSeconds(5), System.out);
    }
}
