package io.cacheservice.redis.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@link WriteHeavyRun}: too short for memory, whose caches still fill. */
class WriteHeavyTest {
    @Test
    void jvmsThatWriteAndReadHoldNoMoreThreadsHandlesAndConnectionsAsTheyGoOn() throws Exception {
        WriteHeavyRun run = new WriteHeavyRun(Duration.ofSeconds(1), System.out);

        List<String> grown = run.run(12, 200);

        assertThat(run.operations()).isGreaterThan(1_000);
        assertThat(run.figures()).contains("JVM 3 threads", "JVM 3 handles", "server connected_clients");
        assertThat(grown)
                .noneMatch(figure -> figure.endsWith("threads")
                        || figure.endsWith("handles")
                        || figure.endsWith("connected_clients"));
    }
}
