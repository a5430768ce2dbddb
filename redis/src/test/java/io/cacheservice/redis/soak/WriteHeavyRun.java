package io.cacheservice.redis.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.testkit.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lets several JVMs write and read half and half through one server for a while, samples what they and the server hold, and says what grew. {@code redis/drills/write-heavy} starts it; it ends with 1 when something did.
 */
final class WriteHeavyRun {
    private static final int JVMS = 4;

    private final Map<String, Growth> growths = new ConcurrentHashMap<>();
    private final Map<String, String> progress = new ConcurrentHashMap<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Duration sampling;
    private final PrintStream out;

    /** @param sampling how long between two samples; at least a second */
    WriteHeavyRun(Duration sampling, PrintStream out) {
        this.sampling = sampling;
        this.out = out;
    }

    /** [MINUTES [RATE]], the last in operations per second and JVM. */
    public static void main(String[] words) throws Exception {
        int samples = 6 * (words.length > 0 ? Integer.parseInt(words[0]) : 30);
        int rate = words.length > 1 ? Integer.parseInt(words[1]) : 5_000;
        System.exit(
                new WriteHeavyRun(Duration.ofSeconds(10), System.out)
                                .run(samples, rate)
                                .isEmpty()
                        ? 0
                        : 1);
    }

    /**
     * Returns the figures that grew.
     *
     * @param samples how many are taken of each process at least
     * @param rate operations per second and JVM
     */
    List<String> run(int samples, int rate) throws Exception {
        List<Process> jvms = new ArrayList<>();
        List<Thread> listeners = new ArrayList<>();
        try (RedisServer server = RedisServer.start()) {
            for (int jvm = 0; jvm < JVMS; jvm++) {
                String name = "JVM " + jvm;
                Process process = start(server.port(), jvm, rate);
                jvms.add(process);
                Thread listener = new Thread(() -> listen(name, process), name);
                listener.start();
                listeners.add(listener);
            }
            Growth ofServer = growths.computeIfAbsent("server", Growth::new);
            while (progress.size() < JVMS || growths.values().stream().anyMatch(each -> each.samples() < samples)) {
                for (Process process : jvms) {
                    if (process.waitFor(sampling.toMillis() / JVMS, TimeUnit.MILLISECONDS)) {
                        throw new IllegalStateException("a JVM has ended with " + process.exitValue());
                    }
                }
                if (progress.size() == JVMS) {
                    ofServer.add(Vitals.ofServer(server.info()));
                }
                out.println("sample " + ofServer.samples() + " of " + samples + ": " + progress);
            }
        } finally {
            jvms.forEach(Process::destroyForcibly);
        }
        for (Thread listener : listeners) {
            listener.join();
        }
        broken.forEach(out::println);
        growths.values().forEach(growth -> growth.lines().forEach(out::println));
        List<String> grown =
                growths.values().stream().flatMap(each -> each.grown().stream()).toList();
        out.println(grown.isEmpty() ? "nothing grew" : "grew: " + grown);
        return grown;
    }

    /** What was done in all JVMs, as far as they have said. */
    long operations() {
        return progress.values().stream()
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1]))
                .sum();
    }

    /** The names of what was sampled. */
    List<String> figures() {
        return growths.values().stream()
                .flatMap(each -> each.figures().stream())
                .toList();
    }

    private Process start(int port, int jvm, int rate) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingJvm.class.getName(),
                        Integer.toString(port),
                        Integer.toString(jvm),
                        Integer.toString(rate),
                        Long.toString(sampling.toSeconds()))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private void listen(String name, Process process) {
        Growth growth = growths.computeIfAbsent(name, Growth::new);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("vitals ")) {
                    growth.add(Vitals.parse(line.substring("vitals ".length())));
                } else {
                    progress.put(name, line);
                }
            }
        } catch (IOException e) {
            broken.add(name + ": " + e); // its end is one
        }
    }
}
