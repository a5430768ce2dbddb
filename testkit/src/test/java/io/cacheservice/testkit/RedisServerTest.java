package io.cacheservice.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisServerTest {
    @Test
    void aStartedServerAnswersAndACloseEndsItsProcessAndDeletesItsFiles() {
        RedisServer redis = RedisServer.start();
        Path folder = Path.of(dataFolder(redis));
        assertThat(redis.command("PING")).isEqualTo("PONG");
        assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
        assertThat(isAlive(redis.pid())).isTrue();
        assertThat(folder).exists();

        redis.close();

        assertThat(isAlive(redis.pid())).isFalse();
        assertThat(folder.getParent()).doesNotExist();
    }

    @Test
    void everyKindOfReplyIsParsed() {
        try (RedisServer redis = RedisServer.start()) {
            assertThat(redis.command("SET", "text", "grün")).isEqualTo("OK");
            assertThat(redis.command("GET", "text")).isEqualTo("grün");
            assertThat(redis.command("GET", "absent")).isNull();
            assertThat(redis.command("INCR", "n")).isEqualTo(1L);
            assertThat(redis.command("MGET", "text", "absent", "n")).isEqualTo(Arrays.asList("grün", null, "1"));
            assertThat(redis.command("EVAL", "return {1, {'a'}, {}}", "0"))
                    .isEqualTo(List.of(1L, List.of("a"), List.of()));
            assertThatThrownBy(() -> redis.command("LPUSH", "text", "x"))
                    .isInstanceOfSatisfying(
                            RedisErrorReply.class, e -> assertThat(e.code()).isEqualTo("WRONGTYPE"));
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void bytesThatAreNoTextAreKeptAsTheyAre() {
        byte[] bytes = {0, -1, '\r', '\n', (byte) 0xC3};
        try (RedisServer redis = RedisServer.start()) {
            redis.commandBytes(utf8("SET"), utf8("k"), bytes);
            assertThat(redis.commandBytes(utf8("GET"), utf8("k"))).isEqualTo(bytes);
        }
    }

    @Test
    void theEngineAndItsVersionAreKnown() {
        try (RedisServer redis = RedisServer.start()) {
            assertThat(redis.engine()).isIn("redis", "valkey");
            assertThat(redis.version()).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(redis.info()).containsEntry("tcp_port", Integer.toString(redis.port()));
        }
    }

    @Test
    void infoIsAskedForAgainWhereTheServerHasClosedTheConnection() {
        try (RedisServer redis = RedisServer.start()) {
            closeConnectionOfTheKit(redis);
            assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(UncheckedIOException.class);

            closeConnectionOfTheKit(redis);
            assertThat(redis.info()).containsEntry("tcp_port", Integer.toString(redis.port()));
        }
    }

    private static void closeConnectionOfTheKit(RedisServer redis) {
        redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no");
    }

    @Test
    void argumentsReachTheServer() {
        try (RedisServer redis =
                RedisServer.builder().arguments("--maxmemory", "10mb").start()) {
            assertThat(redis.command("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "10485760"));
        }
    }

    @Test
    void aPasswordIsAskedOfOthersAndNotOfTheKit() throws Exception {
        try (RedisServer redis =
                        RedisServer.builder().password("two \"words\" \\").start();
                RespConnection other = connect(redis.port())) {
            assertThat(redis.command("PING")).isEqualTo("PONG");
            assertThatThrownBy(() -> other.call(RespConnection.encode("PING")))
                    .isInstanceOfSatisfying(
                            RedisErrorReply.class, e -> assertThat(e.code()).isEqualTo("NOAUTH"));
            assertThat(other.call(RespConnection.encode("AUTH", "two \"words\" \\")))
                    .isEqualTo("OK");
        }
    }

    @Test
    void aUserHasOnlyTheRightsItWasGiven() throws Exception {
        try (RedisServer redis = RedisServer.builder()
                        .user("default off")
                        .user("ann on >secret ~app:* +get")
                        .start();
                RespConnection ann = connect(redis.port())) {
            redis.command("SET", "app:1", "v");
            assertThat(ann.call(RespConnection.encode("AUTH", "ann", "secret"))).isEqualTo("OK");
            assertThat(ann.call(RespConnection.encode("GET", "app:1"))).isEqualTo(utf8("v"));
            assertThatThrownBy(() -> ann.call(RespConnection.encode("GET", "other")))
                    .isInstanceOfSatisfying(
                            RedisErrorReply.class, e -> assertThat(e.code()).isEqualTo("NOPERM"));
        }
    }

    @Test
    void aRestartKeepsThePortAndLosesTheData() {
        try (RedisServer redis = RedisServer.start()) {
            int port = redis.port();
            long pid = redis.pid();
            redis.command("SET", "k", "v");

            redis.restart();

            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.pid()).isNotEqualTo(pid);
            assertThat(isAlive(pid)).isFalse();
            assertThat(redis.command("GET", "k")).isNull();
        }
    }

    @Test
    void aPersistentServerHasItsDataAgainAfterACrash() {
        try (RedisServer redis = RedisServer.builder().persistent().start()) {
            redis.command("SET", "k", "v");
            redis.kill();
            redis.restart();
            assertThat(redis.command("GET", "k")).isEqualTo("v");

            redis.restartEmpty();
            assertThat(redis.command("GET", "k")).isNull();
        }
    }

    @Test
    void aKilledOrStoppedServerIsGoneAndSaysSo() {
        try (RedisServer redis = RedisServer.start()) {
            redis.kill();
            assertThat(isAlive(redis.pid())).isFalse();
            assertThat(redis.isRunning()).isFalse();
            assertThatThrownBy(() -> redis.command("PING"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("restart()");

            redis.restart();
            redis.stop();
            assertThat(isAlive(redis.pid())).isFalse();
        }
    }

    @Test
    void aPausedServerKeepsConnectionsOpenAndAnswersOnceItIsResumed() throws Exception {
        try (RedisServer redis = RedisServer.start();
                RespConnection client = RespConnection.open(redis.port(), Duration.ofMillis(200))) {
            redis.pause();
            client.send(RespConnection.encode("PING"));
            assertThatThrownBy(client::receive).isInstanceOf(SocketTimeoutException.class);
            redis.resume();
            assertThat(client.receive()).isEqualTo("PONG");
        }
    }

    @Test
    void aPausedServerCanBeClosed() {
        RedisServer redis = RedisServer.start();
        redis.pause();
        redis.close();
        assertThat(isAlive(redis.pid())).isFalse();
    }

    @Test
    void aConnectionThatTheServerClosesIsReplacedForTheNextCommand() {
        try (RedisServer redis = RedisServer.start()) {
            assertThatThrownBy(() -> redis.command("SHUTDOWN", "NOSAVE")).isInstanceOf(UncheckedIOException.class);
            redis.restart();
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void aServerThatDoesNotStartShowsItsLog() {
        assertThatThrownBy(() -> RedisServer.builder()
                        .arguments("--no-such-setting", "1")
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("no-such-setting");
    }

    @Test
    void serversStartedAtTheSameTimeDoNotCollide() {
        List<CompletableFuture<RedisServer>> starts = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(RedisServer::start))
                .toList();
        List<RedisServer> servers = new ArrayList<>();
        starts.forEach(start -> servers.add(start.join()));
        try {
            assertThat(servers).extracting(RedisServer::port).doesNotHaveDuplicates();
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.command("PING")).isEqualTo("PONG"));
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    @Test
    void aServerThatWasForgottenEndsWithItsJvm() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForgetfulProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] pidAndFolder = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .trim()
                .split(" ", 2);

        assertThat(jvm.waitFor()).isZero();
        assertThat(isAlive(Long.parseLong(pidAndFolder[0]))).isFalse();
        assertThat(Path.of(pidAndFolder[1])).doesNotExist();
    }

    /** Starts a server, pauses it and leaves it to its fate. */
    static final class ForgetfulProgram {
        private ForgetfulProgram() {}

        public static void main(String[] arguments) {
            RedisServer redis = RedisServer.start();
            String folder = dataFolder(redis);
            redis.pause();
            System.out.println(redis.pid() + " " + folder);
        }
    }

    @Test
    void aCloseOnAnInterruptedThreadEndsTheServerAndItsProxyAndKeepsTheInterrupt() throws IOException {
        RedisServer redis = RedisServer.start();
        FaultProxy proxy = FaultProxy.to(redis.port());
        try (RespConnection connection = connect(proxy.port())) {
            connection.call(RespConnection.encode("PING"));
            Thread.currentThread().interrupt();
            try {
                proxy.close();
                redis.close();
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }

        assertThat(proxy.openConnections()).isZero();
        assertThat(redis.isRunning()).isFalse();
    }

    private static String dataFolder(RedisServer redis) {
        List<?> nameAndValue = (List<?>) requireNonNull(redis.command("CONFIG", "GET", "dir"));
        return String.valueOf(nameAndValue.get(1));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static RespConnection connect(int port) throws IOException {
        return RespConnection.open(port, Duration.ofSeconds(5));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
