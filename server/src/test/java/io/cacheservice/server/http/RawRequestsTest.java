package io.cacheservice.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What well-behaved clients never send. */
class RawRequestsTest {
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(
                c -> c, limits -> LimitsInTests.impatient(limits, Duration.ofMillis(500), Duration.ofMillis(1500)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/entries/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "Content-Length: 3, 4\r\n\r\nabcd",
                "Content-Length: 3\r\nContent-Length: \r\n\r\nabc",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\nGET /v1/entries/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                "Content-Length: 3\u0000\r\n\r\nabc",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: 0x3\r\n\r\nabc",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "Content-Length : 3\r\n\r\nabc",
                " Folded: x\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\nabc",
                "No colon here\r\n\r\n"
            })
    void aRequestWithMoreThanOneReadingIsAnsweredOnceWithARefusalAndClosed(String rest) throws Exception {
        String answer = server.raw("PUT /v1/entries/raw HTTP/1.1\r\nHost: localhost\r\n" + rest);

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|413|501) .*");
        assertThat(answer.split("HTTP/1\\.1 ", -1)).as("answers").hasSize(2);
        assertThat(answer).contains("application/problem+json");
        assertThat(server.service.get("raw")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/stats HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /v1/stats HTTP/1.1\r\n\r\n",
                "GET /v1/stats HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET\r\n\r\n"
            })
    void aBrokenRequestLineOrHostIsRefused(String request) throws Exception {
        assertThat(server.raw(request)).matches("(?s)HTTP/1\\.1 (400|505) .*");
    }

    @Test
    void oversizedHeadersAreRefused() throws Exception {
        String answer =
                server.raw("GET /v1/stats HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("application/problem+json");
    }

    @Test
    void anOversizedTargetIsRefused() throws Exception {
        String answer = server.raw("GET /v1/entries/" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 414 ").contains("application/problem+json");
    }

    @Test
    void aClientThatStopsInItsHeadersIsClosed() throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write("GET /v1/stats HTTP/1.1\r\nHost: loc".getBytes(US_ASCII));
            assertThat(RunningServer.rest(socket)).doesNotContain(" 200 ");
        }
    }

    @Test
    void aClientThatStopsInItsBodyIsAnsweredAndClosed() throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write("PUT /v1/entries/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab"
                            .getBytes(US_ASCII));
            assertThat(RunningServer.rest(socket)).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
        }
        assertThat(server.service.get("slow")).isNull();
    }

    @Test
    void aBodyThatDripsIsEndedThoughItIsNeverSilent() throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write("PUT /v1/entries/drip HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
                            .getBytes(US_ASCII));
            Thread drip = new Thread(() -> Drip.into(socket));
            drip.start();
            assertThat(RunningServer.rest(socket)).startsWith("HTTP/1.1 408 ");
            drip.join();
        }
        assertThat(server.service.get("drip")).isNull();
    }

    @Test
    void aBodyCutShortStoresNothing() throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write("PUT /v1/entries/cut HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab"
                            .getBytes(US_ASCII));
            socket.shutdownOutput();
            assertThat(RunningServer.rest(socket)).doesNotContain(" 201 ");
        }
        assertThat(server.service.get("cut")).isNull();
    }

    @Test
    void expectContinueIsAnsweredBeforeTheBody() throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "PUT /v1/entries/expect HTTP/1.1",
                                    "Host: localhost",
                                    "Content-Length: 1",
                                    "Expect: 100-continue",
                                    "Connection: close",
                                    "",
                                    "")
                            .getBytes(US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(12);
            assertThat(new String(first, US_ASCII)).isEqualTo("HTTP/1.1 100");
            socket.getOutputStream().write('x');
            assertThat(RunningServer.rest(socket)).contains(" 201 ");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String answer = server.raw("PUT /v1/entries/pipe HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"
                + "GET /v1/entries/pipe HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "DELETE /v1/entries/pipe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer.replaceAll("(?s)HTTP/1\\.1 (\\d+) .*?(?=HTTP/1|\\z)", "$1 "))
                .isEqualTo("201 200 204 ");
    }
}
