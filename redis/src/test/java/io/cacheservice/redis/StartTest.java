package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM loads for its first answer: of the parts that nobody uses, nothing. */
class StartTest {
    private static RedisServer redis;

    @TempDir
    static Path folder;

    private static List<String> loaded;

    @BeforeAll
    static void startProgram() throws IOException, InterruptedException {
        redis = RedisServer.start();
        Path log = folder.resolve("classes");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartedProgram.class.getName(),
                        redis.url())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        assertThat(said).contains("value");
        try (Stream<String> lines = Files.lines(log)) {
            loaded = lines.filter(line -> line.contains(" source: ")).toList();
        }
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void theDriverComesWithoutTheCommandsThatNobodyCalls() {
        assertThat(loaded).noneMatch(line -> line.contains("io.lettuce.core.api.sync."));
        assertThat(loaded).noneMatch(line -> line.contains("io.lettuce.core.api.async."));
        assertThat(loaded).noneMatch(line -> line.contains("io.lettuce.core.api.reactive."));
        assertThat(loaded).noneMatch(line -> line.contains("CommandsImpl"));
        assertThat(loaded).noneMatch(line -> line.contains("RedisCommandBuilder"));
    }

    @Test
    void nothingReactiveIsLoaded() {
        assertThat(loaded).noneMatch(line -> line.contains("reactor."));
    }

    @Test
    void anAddressNeedsNoResolverOfNames() {
        assertThat(loaded).noneMatch(line -> line.contains("io.netty.resolver.dns."));
    }

    @Test
    void namesOfScriptsAreNotComputed() {
        assertThat(loaded).noneMatch(line -> line.contains("java.security.MessageDigest "));
    }
}
