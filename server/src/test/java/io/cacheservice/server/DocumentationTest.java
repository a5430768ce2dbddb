package io.cacheservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.server.http.HttpServer;
import io.cacheservice.server.http.ListenAddress;
import io.cacheservice.testkit.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The console blocks of the documentation, carried out: a line that begins with {@code $} is a command, those after it are
 * what it prints. A line {@code ...} stands for any lines.
 */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");

    @ParameterizedTest
    @ValueSource(strings = {"cli.md", "http-api.md", "doctor.md"})
    void whatThePageShowsIsWhatHappens(String page, @TempDir Path folder) throws Exception {
        List<Step> steps = steps(Files.readAllLines(DOCS.resolve(page)));
        assertThat(steps).isNotEmpty();
        CacheConfig config = CacheConfig.builder().serverPort(0).build();
        try (CacheService service = CacheService.open(config);
                RedisServer redis = RedisServer.start()) {
            HttpServer server = HttpServer.start(service, ListenAddress.of(config, false));
            try {
                launcher(folder);
                Path script = Files.writeString(folder.resolve("page.sh"), script(steps, server.port(), redis.url()));
                Process bash = new ProcessBuilder("bash", script.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
                String printed =
                        new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                bash.waitFor();
                String[] parts = printed.replace("\r", "").split("<<<step>>>\n", -1);
                for (int i = 0; i < steps.size(); i++) {
                    assertThat(parts[i + 1].strip())
                            .as(page + ": " + steps.get(i).command)
                            .matches(steps.get(i).expected());
                }
            } finally {
                server.stop();
            }
        }
    }

    /** What the pages call ./cache-service, running the classes under test. */
    private static void launcher(Path folder) throws Exception {
        Path launcher = Files.writeString(
                folder.resolve("cache-service"),
                "#!/usr/bin/env bash\nexec " + System.getProperty("java.home")
                        + "/bin/java -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' "
                        + Main.class.getName() + " \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    private static String script(List<Step> steps, int port, String redisUrl) {
        StringBuilder script = new StringBuilder("export CACHE_SERVICE_URL=http://127.0.0.1:" + port + "\n");
        for (Step step : steps) {
            script.append("echo '<<<step>>>'\n")
                    .append(step.command
                            .replace("127.0.0.1:7070", "127.0.0.1:" + port)
                            .replace("redis://127.0.0.1:6379", redisUrl))
                    .append('\n');
        }
        return script.toString();
    }

    private static List<Step> steps(List<String> page) {
        List<Step> steps = new ArrayList<>();
        boolean console = false;
        for (String line : page) {
            if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (console && line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (console) {
                steps.get(steps.size() - 1).output.add(line);
            }
        }
        return steps;
    }

    private record Step(String command, List<String> output) {
        /** A pattern for what is printed. */
        String expected() {
            StringBuilder pattern = new StringBuilder("(?s)");
            for (String line : output) {
                pattern.append(line.equals("...") ? "(.*)" : "\\Q" + line.replace("<any>", "\\E[^\n]*?\\Q") + "\\E")
                        .append("\\s*");
            }
            return pattern.toString();
        }
    }
}
