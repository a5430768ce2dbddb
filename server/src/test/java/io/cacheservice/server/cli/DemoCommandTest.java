package io.cacheservice.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real demo, with its processes and its Redis. Each has a folder of temporary files of its own, to see what it leaves. */
class DemoCommandTest {
    @TempDir
    private Path temporary;

    @Test
    void theDemoShowsAnOutageOfRedisAndLeavesNothing() throws Exception {
        Program.Result demo =
                Program.run(environment(), "demo", "--seconds", "6", "--kill-redis", "--keys", "200", "--rate", "400");

        assertThat(demo.exitCode()).as(demo.text() + demo.err()).isZero();
        List<String> lines = demo.text().lines().toList();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("Source ").contains("57,025 cities"));
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("Redis +(Redis|Valkey) .*"));
        assertThat(lines.stream().map(DemoCommandTest::phase).filter(phase -> !phase.isEmpty()))
                .containsExactly("all is there", "Redis away", "all is there", "in all");
        assertThat(demo.text()).contains("Without the cache: ", "as the database counted", " stale, none failed.");
        assertThat(servers()).isEmpty();
        assertThat(left()).isEmpty();
    }

    /** TERM and not INT, which a process ignores whose ancestor was started in the background of a shell. */
    @ParameterizedTest
    @ValueSource(strings = {"-TERM", "-KILL"})
    void whateverTheDemoStartedIsGoneWhenItIsEnded(String signal) throws Exception {
        Process demo = demo("--seconds", "0", "--keys", "200", "--rate", "100");
        try {
            BufferedReader out = demo.inputReader(UTF_8);
            List<String> said = readUntil(out, " reads/s ");
            List<ProcessHandle> started = processes(said);
            assertThat(started).hasSize(2).allMatch(ProcessHandle::isAlive);
            assertThat(servers()).isNotEmpty();

            new ProcessBuilder("kill", signal, Long.toString(demo.pid()))
                    .start()
                    .waitFor();

            String rest = String.join("\n", out.lines().toList());
            assertThat(demo.waitFor()).isEqualTo(signal.equals("-TERM") ? 143 : 137);
            assertThat(rest.contains("Without the cache: ")).isEqualTo(signal.equals("-TERM"));
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(started).noneMatch(ProcessHandle::isAlive);
                assertThat(servers()).isEmpty();
                assertThat(left()).isEmpty();
            });
        } finally {
            demo.destroyForcibly();
        }
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingStarts() throws Exception {
        assertThat(refused("--keys", "0")).contains("--keys = 0 is refused: expected 1 to 57025");
        assertThat(refused("--seconds", "3", "--kill-source")).contains("3 is refused: expected 6 to");
        assertThat(refused("--rate", "1")).contains("--rate = 1 is refused");
        Program.Result noRedis = Program.run(environment(), "demo", "--redis-server", "/bin/true");
        assertThat(noRedis.exitCode()).isEqualTo(3);
        assertThat(noRedis.err()).contains("--redis-server = '/bin/true' is refused");
        assertThat(left()).isEmpty();
    }

    private String refused(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("demo"));
        command.addAll(Arrays.asList(options));
        Program.Result result = Program.run(environment(), command.toArray(String[]::new));
        assertThat(result.exitCode()).isEqualTo(2);
        return result.err();
    }

    private Map<String, String> environment() {
        return Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    }

    private Process demo(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                io.cacheservice.server.Main.class.getName(),
                "demo"));
        command.addAll(Arrays.asList(options));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> readUntil(BufferedReader out, String part) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.contains(part)) {
                return said;
            }
        }
        throw new IllegalStateException("the demo ended before it said '" + part + "': " + said);
    }

    private static List<ProcessHandle> processes(List<String> said) {
        return said.stream()
                .filter(line -> line.startsWith("Processes"))
                .flatMap(line -> Stream.of(line.replaceAll("[^0-9 ]", "").trim().split(" +")))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .toList();
    }

    /** The name of a line of the table at the end; empty: it is another line. */
    private static String phase(String line) {
        return Stream.of("all is there", "source away", "Redis away", "in all")
                .filter(line::startsWith)
                .findFirst()
                .orElse("");
    }

    /** The processes that run the bundled Redis of this demo, and who guards it. */
    private List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(temporary + "/cache-service-demo-"))
                .toList();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("cache-service-demo-"))
                    .toList();
        }
    }
}
