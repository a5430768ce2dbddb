package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Readers who take their answers slowly: they hold memory and a thread. */
class SlowReadersTest {
    private static final int VALUE_BYTES = 8 << 20;
    private static final String GET = "GET /v1/entries/large HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void aReaderWhoIsTooSlowIsCutOffThoughNeverSilent() throws Exception {
        try (RunningServer server = start(VALUE_BYTES + 1000, Duration.ofSeconds(1), 100 << 20);
                Socket socket = slowSocket(server)) {
            server.service.set("large", new byte[VALUE_BYTES]);
            socket.getOutputStream().write(GET.getBytes(US_ASCII));
            socket.getInputStream().read();
            Thread reader = new Thread(() -> sip(socket));
            reader.start();

            assertThat(server.get("/v1/entries/large").statusCode()).isEqualTo(503);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(server.get("/v1/entries/large").statusCode())
                                    .isEqualTo(200));
            assertThat(reader.isAlive()).as("still reads what is on the way").isTrue();
        }
    }

    @Test
    void answersCountAsHeldUntilTheyAreTaken() throws Exception {
        try (RunningServer server = start(VALUE_BYTES + 1000, Duration.ofSeconds(30), 1)) {
            server.service.set("large", new byte[VALUE_BYTES]);
            server.service.set("small", new byte[1]);
            server.service.set("medium", new byte[2000]);
            try (Socket socket = slowSocket(server)) {
                socket.getOutputStream().write(GET.getBytes(US_ASCII));
                socket.getInputStream().read();

                HttpResponse<byte[]> second = server.get("/v1/entries/large");

                assertThat(second.statusCode()).isEqualTo(503);
                assertThat(json(second).path("detail").asString()).contains("room");
                assertThat(server.get("/v1/entries/small").statusCode()).isEqualTo(200);
                assertThat(json(server.post("/v1/entries:get", "{\"keys\": [\"small\", \"medium\"]}"))
                                .path("errors"))
                        .extracting(e -> e.path("key").asString())
                        .containsExactly("medium");
            }
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(server.get("/v1/entries/large").statusCode())
                                    .isEqualTo(200));
        }
    }

    private static RunningServer start(long bodiesBytes, Duration bodyTime, long answerRate) throws IOException {
        return RunningServer.start(c -> c, limits -> LimitsInTests.small(limits, bodiesBytes, bodyTime, answerRate));
    }

    /** A connection that takes in little before it is read from. */
    private static Socket slowSocket(RunningServer server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.port()));
        return socket;
    }

    /** Reads a little now and then until the socket is closed. */
    private static void sip(Socket socket) {
        byte[] some = new byte[4096];
        try {
            while (socket.getInputStream().read(some) >= 0) {
                LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException closed) {
            // the end of it, as the test expects
            return;
        }
    }
}
