package io.cacheservice.redis.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of guards, which {@code make guards} tries one after the other: code that moves takes its guards along. */
class GuardsTableTest {
    @Test
    void everyGuardIsWhereTheTableSays() throws Exception {
        Process check = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "redis/guards/Guards.java",
                        "--check")
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).matches("[1-9]\\d* guards are where the table says\\s+");
    }
}
