package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.awaitReadAtServer;
import static io.cacheservice.redis.coherence.Local.hits;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process that stands still does not know it. On Linux the clocks of two processes can be compared. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class PausedProcessTest {
    @Test
    void aProcessThatWasStoppedForLongerThanTheBoundUsesNoCopyFromBefore() throws Exception {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis.port())) {
            redis.command("SET", "k", "old");
            Process reader = start(proxy.url());
            try (BufferedReader says = reader.inputReader()) {
                assertThat(says.readLine()).isEqualTo("reading");
                signal(reader, "-STOP");
                proxy.hold(Direction.TO_CLIENT);
                redis.command("SET", "k", "new");
                long writtenAtNanos = System.nanoTime();
                long before = hits(redis);
                awaitPast(writtenAtNanos, SHORT.multipliedBy(2));
                signal(reader, "-CONT");
                awaitReadAtServer(redis, before);
                proxy.release();

                long lastOldNanos = Long.parseLong(says.readLine());
                assertThat(lastOldNanos - writtenAtNanos).isLessThanOrEqualTo(SHORT.toNanos());
            } finally {
                reader.destroyForcibly().waitFor();
            }
        }
    }

    private static Process start(String url) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PausedReader.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        int ended = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(ended).isZero();
    }
}
