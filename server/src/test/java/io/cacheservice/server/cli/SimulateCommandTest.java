package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.server.demo.Simulation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real simulation, with its processes, its Redis and its links. */
class SimulateCommandTest {
    @TempDir
    private Path temporary;

    @Test
    void eachFaultIsReplayedAndNoReaderGetsAnError() throws Exception {
        Program.Result simulation = simulate(
                // a Redis that is late since this machine is busy would be a second fault
                "--read-timeout",
                "2000",
                "--seconds",
                "2",
                "--rate",
                "400",
                "--keys",
                "100",
                "source-fails",
                "black-hole",
                "kill",
                "wrong-password");

        assertThat(simulation.exitCode())
                .as(simulation.text() + simulation.err())
                .isZero();
        List<String> rows = simulation
                .text()
                .lines()
                .dropWhile(line -> !line.endsWith(" normal"))
                .toList();
        assertThat(rows.stream().map(line -> line.split(" ", 2)[0]))
                .containsSubsequence("black-hole", "kill", "wrong-password", "source-fails");
        assertThat(row(rows, "all ")).doesNotContain(" 0 of ");
        assertThat(row(rows, "kill")).as("no connection was left").contains(" 0 of ");
        assertThat(row(rows, "wrong-password")).contains(" 0 of ");
        assertThat(simulation.text()).contains("repaired; normal after ", " reads none ended with an error.");
        assertThat(left()).isEmpty();
    }

    @Test
    void theListNamesEveryFault() throws Exception {
        Program.Result listed = simulate("--list");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.text().lines())
                .hasSameSizeAs(Simulation.faults().keySet())
                .anySatisfy(line -> assertThat(line).startsWith("half-reply "));
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingStarts() throws Exception {
        Program.Result unknown = simulate("drip", "flood");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("FAULT = 'flood' is refused: expected one of refused, reset, ");
        assertThat(simulate("--seconds", "0").err()).contains("--seconds = 0 is refused: expected 1 to 3600");
        Program.Result noRedis = simulate("--redis-server", "/bin/true");
        assertThat(noRedis.exitCode()).isEqualTo(3);
        assertThat(noRedis.err()).contains("--redis-server = '/bin/true' is refused");
        assertThat(left()).isEmpty();
    }

    private static String row(List<String> rows, String name) {
        return rows.stream().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    }

    private Program.Result simulate(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("simulate"));
        command.addAll(Arrays.asList(words));
        return Program.run(
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), command.toArray(String[]::new));
    }

    private List<Path> left() throws Exception {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("cache-service-demo-"))
                    .toList();
        }
    }
}
