package io.cacheservice.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A {@link DemoProcess} as the demo sees it. */
final class ServiceProcess implements AutoCloseable {
    private static final int END_SECONDS = 10;
    private static final int TOLD_LINES = 5;

    private final Process process;
    private final BufferedReader said;
    private final Path log;
    private final Thread listener;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile Report latest = Report.NONE;

    /** @param log takes what it says to people */
    ServiceProcess(ProcessSetup setup, Path log) throws IOException {
        this.log = log;
        process = new ProcessBuilder(Shell.replacedBy(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        // it is over before the second compiler could help
                        "-XX:TieredStopAtLevel=1",
                        // a source that refuses is to say so at once
                        "-Dh2.socketConnectRetry=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DemoProcess.class.getName())))
                .redirectError(log.toFile())
                .start();
        said = process.inputReader(UTF_8);
        listener = new Thread(this::listen, "reports-of-" + process.pid());
        listener.setDaemon(true);
        tell(JsonMapper.shared().writeValueAsString(setup));
    }

    long pid() {
        return process.pid();
    }

    /** What it has counted, as it last said. */
    Report latest() {
        return latest;
    }

    /** @throws DemoFailure when it ended instead */
    void awaitReady() throws IOException {
        if (!DemoProcess.READY.equals(said.readLine())) {
            throw failure();
        }
    }

    /** Lets it begin. */
    void go() throws IOException {
        listener.start();
        tell(DemoProcess.GO);
    }

    /** @throws DemoFailure when it ended instead */
    void awaitBegun() throws IOException, InterruptedException {
        while (!begun.await(1, TimeUnit.SECONDS)) {
            requireAlive();
        }
    }

    /** @throws DemoFailure when it has ended though nobody told it to */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw failure();
        }
    }

    /** Lets nothing be invalidated by it, as soon as it has read everything once. */
    void rest() throws IOException {
        tell(Simulated.REST);
    }

    /** Ends {@link #rest}. */
    void goOn() throws IOException {
        tell(Simulated.GO_ON);
    }

    /** Ends it, and waits for its last report. */
    void stop() throws IOException, InterruptedException {
        if (process.isAlive()) {
            tell("stop");
            listener.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // then there is nobody to be told
        }
        process.onExit()
                .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
    }

    private void tell(String line) throws IOException {
        OutputStream told = process.getOutputStream();
        told.write((line + "\n").getBytes(UTF_8));
        told.flush();
    }

    private void listen() {
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                latest = JsonMapper.shared().readValue(line, Report.class);
                begun.countDown();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Process " + process.pid() + " of the demo cannot be heard", e);
        }
    }

    private DemoFailure failure() throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> last = lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
        return new DemoFailure(
                "process " + process.pid() + " of the demo ended by itself; the last it said: "
                        + String.join(" | ", last),
                null);
    }
}
