package io.cacheservice.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a JVM of its own, as a user runs it. */
final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final List<String> screen = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** What a command left behind. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(int exitCode, byte[] out, String err) {
        String text() {
            return new String(out, UTF_8);
        }
    }

    /** Runs a command to its end. */
    static Result run(Map<String, String> environment, byte[] stdin, String... args) throws Exception {
        return run(builder(environment, command(args)), stdin);
    }

    /** Runs {@code script}, in which {@code "$@"} is the program with its arguments. */
    static Result shell(Map<String, String> environment, String script, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(command(args));
        return run(builder(environment, command), new byte[0]);
    }

    private static Result run(ProcessBuilder builder, byte[] stdin) throws Exception {
        Path err = Files.createTempFile("cli", ".err");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().write(stdin);
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        int exitCode = process.waitFor();
        String said = Files.readString(err);
        Files.delete(err);
        return new Result(exitCode, out, said);
    }

    static Result run(Map<String, String> environment, String... args) throws Exception {
        return run(environment, new byte[0], args);
    }

    /** Starts a server on a free port and waits for the end of its start-up screen. */
    static Program serve(Map<String, String> environment, String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
        all.addAll(List.of(args));
        Program program = new Program(builder(environment, command(all.toArray(String[]::new)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        program.readUntil("Ready ");
        return program;
    }

    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("CACHE_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private void readUntil(String beginning) throws IOException {
        String line = out.readLine();
        while (line != null) {
            screen.add(line);
            if (line.startsWith(beginning)) {
                return;
            }
            line = out.readLine();
        }
        throw new IllegalStateException("the program ended before it said '" + beginning + "': " + screen);
    }

    List<String> screen() {
        return screen;
    }

    /** The rest of a line of the screen that begins with {@code name}. */
    String fact(String name) {
        return screen.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).trim())
                .findFirst()
                .orElse("(no " + name + " in " + screen + ")");
    }

    String url() {
        return fact("Listening").replaceFirst(",.*", "");
    }

    /** Asks the program to end. */
    void terminate() {
        // not Process.destroy: that closes what the program has yet to say
        process.toHandle().destroy();
    }

    /** Waits for the end; returns the exit code. What it said until then is on the screen. */
    int awaitEnd() throws IOException, InterruptedException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            screen.add(line);
        }
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the program did not end within 30 s of SIGTERM");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        out.close();
    }
}
