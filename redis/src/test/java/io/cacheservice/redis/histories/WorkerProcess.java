package io.cacheservice.redis.histories;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.soak.Vitals;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM of a run, seen from outside; killed when this one ends. */
final class WorkerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Jvm jvm;
    private final Process process;
    private final Thread killer;
    private final BufferedWriter orders;
    private final Thread listener;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Queue<String> undocumented = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Vitals> vitals = new LinkedBlockingQueue<>();
    private volatile long operations;

    /** @param sourcePort where rows are, if they are loaded */
    WorkerProcess(RunOptions options, Jvm jvm, Path folder, Fleet fleet, int sourcePort) throws IOException {
        this.jvm = jvm;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC"));
        String logging = System.getProperty("java.util.logging.config.file");
        if (logging != null) {
            command.add("-Djava.util.logging.config.file=" + logging);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
        command.addAll(List.of(folder.toString(), jvm.text(), fleet.route().text(), Integer.toString(sourcePort)));
        command.addAll(fleet.settings(jvm.number()));
        command.add("maxStaleness=" + options.maxStaleness().toMillis() + "ms");
        command.add("--");
        command.addAll(options.words());
        Path log = folder.resolve("service-" + jvm.text() + ".log");
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        listener = new Thread(this::listen, "worker-" + jvm.text());
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ops ")) {
                    operations = Long.parseLong(line.substring(4));
                } else if (line.startsWith("undocumented ")) {
                    undocumented.add("JVM " + jvm.text() + ": " + line.substring("undocumented ".length()));
                } else if (line.startsWith("vitals ")) {
                    vitals.add(Vitals.parse(line.substring("vitals ".length())));
                } else {
                    said.add(line);
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Jvm jvm() {
        return jvm;
    }

    /** What it holds now, after a full collection. */
    Vitals vitals() throws IOException, InterruptedException {
        order("vitals");
        Vitals held = vitals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (held == null) {
            throw new IllegalStateException(
                    "JVM " + jvm.text() + " has not said what it holds in " + PATIENCE_SECONDS + " s");
        }
        return held;
    }

    long operations() {
        return operations;
    }

    Queue<String> undocumented() {
        return undocumented;
    }

    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    /** Gives an order. */
    void order(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
    }

    /** @throws IllegalStateException when the worker does not say so, or has ended before */
    void await(String answer) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!said.contains(answer)) {
            if (!listener.isAlive() && !said.contains(answer)) {
                throw new IllegalStateException("JVM " + jvm.text() + " ended and had not " + answer + "; see its log");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "JVM " + jvm.text() + " has not " + answer + " in " + PATIENCE_SECONDS + " s");
            }
            listener.join(10);
        }
    }

    /** @throws IllegalStateException when it has ended */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "JVM " + jvm.text() + " has ended with " + process.exitValue() + "; see its log");
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill " + signal + " of JVM " + jvm.text() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
