package io.cacheservice.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Requests of all kinds over real sockets to the program's server, with tokens and without: each answer is well-formed, ours and
 * documented, nothing of a key comes back unescaped, nobody gets in without the token, two readings of one request are refused,
 * and the server goes on answering and logs no exception.
 */
@NullMarked
public final class RequestsTarget implements FuzzTarget {
    private static final String TOKEN = "hunter2hunter2hunter2";
    private static final String MARK = "<img src=x onerror=alert(1)>";
    private static final Set<Integer> DOCUMENTED_BEYOND_500 = Set.of(501, 503, 505);
    private static final int INPUTS_TO_HEALTH = 500;

    private final Corpus requests = new Corpus(
            SampleRequests.all(TOKEN, MARK).stream().map(r -> r.getBytes(UTF_8)).toList(),
            SampleRequests.WORDS.stream().map(w -> w.getBytes(ISO_8859_1)).toList(),
            200_000);
    private final AtomicReference<@Nullable Throwable> uncaught = new AtomicReference<>();
    private final Handler logged = new Caught();
    /** As the program has them; held, since the log manager forgets a level with its logger. */
    private final List<Logger> quoting = List.of(
            Logger.getLogger("org.eclipse.jetty.http.HttpParser"), Logger.getLogger("org.eclipse.jetty.util.HostPort"));

    private @Nullable RunningServer open;
    private @Nullable RunningServer guarded;

    @Override
    public String name() {
        return "http";
    }

    @Override
    public int share() {
        return 40;
    }

    @Override
    public int atOnce() {
        return 16;
    }

    /** The thread that takes an input starts the servers too; what bounds those is the heap. */
    @Override
    public long mostAllocatedBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public int inputsInSuite() {
        return 3_000;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException, InterruptedException {
        start();
        boolean withTokens = input.oneIn(4);
        RunningServer server = java.util.Objects.requireNonNull(withTokens ? guarded : open);
        boolean ambiguous = input.oneIn(8);
        byte[] request = ambiguous ? input.show(ambiguous(input)) : input.mutated(requests);
        byte[] received = exchange(server, request);
        List<Answers.Answer> answers = Answers.in(received);
        answers.forEach(RequestsTarget::require);
        if (ambiguous && received.length > 0) {
            Demand.that(
                    answers.size() == 1 && answers.get(0).status() >= 400,
                    "one refusal of what has two readings: " + new String(received, ISO_8859_1));
        }
        if (withTokens && !new String(request, ISO_8859_1).contains(TOKEN)) {
            answers.forEach(answer -> Demand.that(
                    answer.status() != 200 || !new String(answer.body(), UTF_8).contains("entries"),
                    "nothing without the token"));
        }
        if (input.index() % INPUTS_TO_HEALTH == 0) {
            Demand.that(server.get("/healthz").statusCode() == 200, "a server that answers");
        }
        @Nullable Throwable escaped = uncaught.getAndSet(null);
        if (escaped != null) {
            throw new AssertionError("something escaped, at this input or a little before", escaped);
        }
        return answers.stream().anyMatch(answer -> answer.status() < 400 || answer.status() == 404);
    }

    private synchronized void start() throws IOException {
        if (open == null) {
            Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.set(e));
            Logger.getLogger("").addHandler(logged);
            quoting.forEach(logger -> logger.setLevel(Level.SEVERE));
            open = RunningServer.start(c -> c.maxMemory(32L << 20));
            guarded = RunningServer.start(c -> c.maxMemory(8L << 20).serverTokens(List.of(TOKEN)));
        }
    }

    /** Both ways to say how long a body is, or one of them twice, differently. */
    private static byte[] ambiguous(FuzzInput input) {
        List<String> fields = new ArrayList<>(
                List.of(input.pick(SampleRequests.TRANSFER_ENCODINGS), input.pick(SampleRequests.CONTENT_LENGTHS)));
        if (input.random().nextBoolean()) {
            fields.add(0, fields.remove(1));
        }
        if (input.oneIn(3)) {
            fields.add(1, "X-Between: " + "y".repeat(input.random().nextInt(2_000)));
        }
        String body = input.random().nextBoolean() ? "0\r\n\r\n" : "3\r\nabc\r\n0\r\n\r\n";
        return (input.pick(List.of(
                                "PUT /v1/entries/raw",
                                "POST /v1/entries:get",
                                "GET /v1/entries/a",
                                "DELETE /v1/entries/a"))
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN + "\r\n"
                        + String.join("\r\n", fields) + "\r\n\r\n" + body
                        + "GET /v1/entries/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private static void require(Answers.Answer answer) {
        int status = answer.status();
        Demand.that(status < 500 || DOCUMENTED_BEYOND_500.contains(status), "a documented status: " + status);
        String type = String.valueOf(answer.contentType());
        if (status >= 400 && answer.body().length > 0) {
            Demand.that(type.startsWith(Problem.MEDIA_TYPE), "a problem: " + type);
            Demand.that(
                    Json.MAPPER.readTree(answer.body()).path("status").asInt() == status, "a problem of that status");
        } else if (type.startsWith("application/json") && answer.body().length > 0 && status != 200) {
            Json.MAPPER.readTree(answer.body());
        }
    }

    /** Sends the bytes and the end of them, and returns all that comes back. */
    private static byte[] exchange(RunningServer server, byte[] request) throws IOException {
        try (Socket socket = server.connect()) {
            // no connection of a million is to be remembered by the system
            socket.setSoLinger(true, 0);
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                in.transferTo(received);
            } catch (SocketException reset) {
                // the server closed with bytes of ours unread: what it had said may be lost
                return new byte[0];
            }
            return received.toByteArray();
        }
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(logged);
        for (RunningServer server : new RunningServer[] {open, guarded}) {
            if (server != null) {
                server.close();
            }
        }
        @Nullable Throwable escaped = uncaught.get();
        if (escaped != null) {
            throw new AssertionError("something escaped", escaped);
        }
    }

    /** Exceptions in the log. */
    private final class Caught extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() < Level.WARNING.intValue()) {
                return;
            }
            if (record.getThrown() != null) {
                uncaught.set(record.getThrown());
            } else if (String.valueOf(record.getMessage()).contains(TOKEN)) {
                uncaught.set(new AssertionError("a token in the log: " + record.getMessage()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
