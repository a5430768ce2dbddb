package io.cacheservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The console blocks of a page of the documentation, carried out: a line that begins with {@code $} is a command, those after
 * it are what it prints. A line {@code ...} stands for any lines, {@code <any>} for anything in a line.
 */
final class ConsolePage {
    private static final Path DOCS = Path.of("..", "docs");

    private ConsolePage() {}

    /**
     * Carries out the page against the server on {@code port}.
     *
     * @param folder where the commands run
     * @param adapting makes a command one that can be run here
     */
    static void check(String page, Path folder, int port, UnaryOperator<String> adapting) throws Exception {
        List<Step> steps = steps(Files.readAllLines(DOCS.resolve(page)));
        assertThat(steps).isNotEmpty();
        launcher(folder);
        Path script = Files.writeString(folder.resolve("page.sh"), script(steps, port, adapting));
        Process bash = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        String[] parts = printed.replace("\r", "").split("<<<step>>>\n", -1);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(parts[i + 1].strip())
                    .as(page + ": " + steps.get(i).command)
                    .matches(steps.get(i).expected());
        }
    }

    /** The first block of the page in {@code language}. */
    static String block(String page, String language) throws Exception {
        String text = Files.readString(DOCS.resolve(page));
        int begin = text.indexOf("```" + language + "\n") + language.length() + 4;
        return text.substring(begin, text.indexOf("```", begin));
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

    private static String script(List<Step> steps, int port, UnaryOperator<String> adapting) {
        StringBuilder script = new StringBuilder("export CACHE_SERVICE_URL=http://127.0.0.1:" + port + "\n");
        for (Step step : steps) {
            script.append("echo '<<<step>>>'\n")
                    .append(adapting.apply(step.command.replace("127.0.0.1:7070", "127.0.0.1:" + port)))
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
