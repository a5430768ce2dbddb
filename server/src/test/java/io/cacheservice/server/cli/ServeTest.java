package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
    private static final String TOKEN = "a-token-of-24-characters";

    @Test
    void theScreenSaysWhatRunsWhereAndKeepsSecrets(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("my.yaml"), "maxMemory: 64mb\nserver:\n  tokens: [" + TOKEN + "]\n");

        try (Program program = Program.serve(
                Map.of("CACHE_DEFAULT_TTL", "5m"), "--config", file.toString(), "--set", "maxValueBytes=1mb")) {
            assertThat(program.fact("Cache Service"))
                    .contains("Java " + Runtime.version().feature());
            assertThat(program.url()).matches("http://127\\.0\\.0\\.1:\\d+");
            assertThat(program.fact("Listening")).contains("this machine only");
            assertThat(program.fact("Tier")).contains("local").contains("64.0 MB");
            assertThat(program.fact("Access")).contains("bearer token");
            assertThat(program.fact("Metrics")).isEqualTo(program.url() + "/metrics");
            assertThat(program.fact("Health")).contains("/healthz").contains("/readyz");
            assertThat(program.screen())
                    .anyMatch(line -> line.contains("defaultTtl = 5m, from environment CACHE_DEFAULT_TTL"))
                    .anyMatch(line -> line.contains("maxMemory = 64mb, from file " + file))
                    .anyMatch(line -> line.contains("maxValueBytes = 1mb, from command line --set"))
                    .anyMatch(line -> line.contains("server.tokens = ***"))
                    .noneMatch(line -> line.contains(TOKEN));
            assertThat(Program.run(Map.of("CACHE_SERVICE_URL", program.url()), "get", "a")
                            .exitCode())
                    .as("without the token")
                    .isEqualTo(4);
            assertThat(Program.run(Map.of("CACHE_SERVICE_URL", program.url(), "CACHE_SERVICE_TOKEN", TOKEN), "get", "a")
                            .exitCode())
                    .as("with it")
                    .isEqualTo(1);
        }
    }

    @Test
    void whatCannotServeEndsWithAWordAndACode() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Program.Result port =
                    Program.run(Map.of(), "serve", "--bind", "127.0.0.1", "--port", "" + taken.getLocalPort());
            assertThat(port.exitCode()).isEqualTo(2);
            assertThat(port.err())
                    .contains("cannot listen on")
                    .contains("" + taken.getLocalPort())
                    .doesNotContain("\tat ");
        }
        Program.Result bind = Program.run(Map.of(), "serve", "--port", "0", "--bind", "0.0.0.0");
        assertThat(bind.exitCode()).isEqualTo(2);
        assertThat(bind.err()).contains("server.tokens").contains("--insecure");

        Program.Result setting = Program.run(Map.of(), "serve", "--set", "maxMemry=1mb");
        assertThat(setting.exitCode()).isEqualTo(2);
        assertThat(setting.err()).contains("maxMemry").contains("maxMemory").contains("command line --set");

        Program.Result file = Program.run(Map.of(), "serve", "--config", "nowhere.yaml");
        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains("nowhere.yaml does not exist");
    }

    /**
     * Every request that the server took is answered: as many answers arrive as it says it gave. Those it turns away at the
     * very end, with 503 or by closing, it has not taken.
     */
    @Test
    void sigtermUnderLoadLosesNoRequest() throws Exception {
        Load load;
        Program program = Program.serve(Map.of());
        try {
            load = new Load(program.url());
            load.start();
            Awaitility.await().until(() -> load.answers.get() > 500);
            program.terminate();
            assertThat(program.awaitEnd()).isEqualTo(143);
            load.join();
        } finally {
            program.close();
        }

        assertThat(load.unexpected).isEmpty();
        assertThat(program.fact("Stopped")).isEqualTo("after " + load.answers.get() + " requests");
    }

    @Test
    void aStopThatCutsRequestsOffSaysSo() throws Exception {
        Program program = Program.serve(Map.of());
        URI url = URI.create(program.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write("PUT /v1/entries/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            Thread drip = new Thread(() -> drip(socket));
            drip.start();
            Awaitility.await()
                    .until(() -> Program.run(Map.of("CACHE_SERVICE_URL", program.url()), "stats")
                                    .exitCode()
                            == 0);
            program.terminate();
            program.awaitEnd();
            drip.join();
        } finally {
            program.close();
        }

        assertThat(program.fact("Stopped")).contains("cut off");
    }

    /** Sends a byte now and then, so that the request is never silent and never ends. */
    private static void drip(Socket socket) {
        try {
            while (true) {
                socket.getOutputStream().write('x');
                LockSupport.parkNanos(200_000_000);
            }
        } catch (IOException closed) {
            // the end of it, as the test expects
            return;
        }
    }

    /** Writers that go on until the server is gone. */
    private static final class Load {
        private static final int WRITERS = 8;

        final AtomicLong answers = new AtomicLong();
        final List<String> unexpected = java.util.Collections.synchronizedList(new ArrayList<>());
        private final String url;
        private final List<Thread> writers = new ArrayList<>();

        Load(String url) {
            this.url = url;
        }

        void start() {
            for (int i = 0; i < WRITERS; i++) {
                String key = "k" + i;
                Thread writer = new Thread(() -> write(key));
                writers.add(writer);
                writer.start();
            }
        }

        private void write(String key) {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest put = HttpRequest.newBuilder(URI.create(url + "/v1/entries/" + key))
                    .PUT(HttpRequest.BodyPublishers.ofString("x".repeat(10_000)))
                    .build();
            try {
                while (true) {
                    int status = http.send(put, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    if (status == 201 || status == 204) {
                        answers.incrementAndGet();
                    } else if (status != 503) {
                        unexpected.add("status " + status);
                    }
                }
            } catch (IOException gone) {
                // refused: nobody listens any more
                return;
            } catch (InterruptedException e) {
                unexpected.add("interrupted");
            }
        }

        void join() throws InterruptedException {
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }
}
