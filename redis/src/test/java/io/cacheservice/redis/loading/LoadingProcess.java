package io.cacheservice.redis.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM that loads {@code k}: it says {@code loading}, and answers the load when it is told anything. */
final class LoadingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;

    private LoadingProcess(Process process) {
        this.process = process;
        this.says = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static LoadingProcess start(String url, Duration loadTimeout) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC"));
        String logging = System.getProperty("java.util.logging.config.file");
        if (logging != null) {
            command.add("-Djava.util.logging.config.file=" + logging);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                LoadingProcess.class.getName(),
                url,
                Long.toString(loadTimeout.toMillis())));
        return new LoadingProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** URL LOAD_TIMEOUT_MILLIS. */
    public static void main(String[] words) {
        try (CacheService service =
                CacheService.open(Fleet.settings(words[0], Fleet.LONG).build())) {
            BufferedReader told = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            String value = Fleet.cache(
                            service,
                            cache -> cache.loadTimeout(Duration.ofMillis(Long.parseLong(words[1])))
                                    .loader(key -> {
                                        System.out.println("loading");
                                        told.readLine();
                                        return "from the other JVM";
                                    }))
                    .get("k");
            System.out.println("got " + value);
        }
    }

    /** Until it says {@code words}; skips what else it says. */
    void await(String words) throws IOException {
        for (String line = says.readLine(); !words.equals(line); line = says.readLine()) {
            if (line == null) {
                throw new IllegalStateException("the JVM ended and had not said '" + words + "'");
            }
        }
    }

    void tell() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    void kill() {
        process.destroyForcibly();
    }

    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill " + signal + " failed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
