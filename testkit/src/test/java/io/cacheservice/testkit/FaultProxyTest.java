package io.cacheservice.testkit;

import static io.cacheservice.testkit.Direction.TO_CLIENT;
import static io.cacheservice.testkit.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private final RedisServer redis = RedisServer.start();
    private final FaultProxy proxy = FaultProxy.to(redis.port());
    private final RespConnection client = connect(Duration.ofSeconds(5));

    FaultProxyTest() throws IOException {}

    @BeforeEach
    void talkThroughTheProxy() throws IOException {
        assertThat(call(client, "PING")).isEqualTo("PONG");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        redis.close();
    }

    @Test
    void withoutFaultsEverythingPassesAndIsCounted() throws IOException {
        byte[] value = new byte[1_000_000];
        Arrays.fill(value, (byte) 'x');

        client.call(RespConnection.encode("SET", "k", new String(value, StandardCharsets.US_ASCII)));
        assertThat(client.call(RespConnection.encode("GET", "k"))).isEqualTo(value);

        assertThat(proxy.url()).isEqualTo("redis://127.0.0.1:" + proxy.port());
        assertThat(proxy.acceptedConnections()).isEqualTo(1);
        assertThat(proxy.openConnections()).isEqualTo(1);
        assertThat(proxy.receivedBytes(TO_SERVER)).isBetween(1_000_000L, 1_000_200L);
        assertThat(proxy.forwardedBytes(TO_SERVER)).isEqualTo(proxy.receivedBytes(TO_SERVER));
        assertThat(proxy.forwardedBytes(TO_CLIENT)).isBetween(1_000_000L, 1_000_200L);
    }

    @Test
    void garbledBytesAreDeliveredInsteadAndHealingEndsTheirConnection() throws IOException {
        proxy.garble(TO_CLIENT, bytes -> ":1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(call(client, "PING")).isEqualTo(1L);

        proxy.heal();

        assertBroken(client);
        assertNewConnectionsWork();
    }

    @Test
    void whatIsGarbledIntoNothingIsNotDelivered() throws IOException {
        proxy.garble(TO_SERVER, bytes -> new byte[0]);
        client.send(RespConnection.encode("SET", "k", "v"));
        await().until(() -> proxy.receivedBytes(TO_SERVER) > "SET".length());
        proxy.heal();

        assertBroken(client);
        assertThat(redis.command("GET", "k")).isNull();
    }

    @Test
    void bytesThatAreLeftAsTheyWereSpoilNoConnection() throws IOException {
        proxy.garble(TO_CLIENT, bytes -> bytes.clone());
        assertThat(call(client, "PING")).isEqualTo("PONG");
        proxy.heal();
        assertThat(call(client, "PING")).isEqualTo("PONG");
    }

    @Test
    void withoutTlsThereIsNoCertificateToExpire() {
        assertThatThrownBy(proxy::expireCertificate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FaultProxy.tls");
    }

    @Test
    void cutClosesOpenConnectionsOnBothSidesAndServesNewOnes() throws IOException {
        String id = String.valueOf(call(client, "CLIENT", "ID"));

        proxy.cut();

        assertBroken(client);
        await().until(() -> !serverKnows(id));
        assertThat(proxy.openConnections()).isZero();
        assertNewConnectionsWork();
    }

    @Test
    void cutToTheClientLeavesTheServerUnawareAndItsOtherDirectionOpen() throws IOException {
        String id = String.valueOf(call(client, "CLIENT", "ID"));

        proxy.cut(TO_CLIENT);

        assertThatThrownBy(client::receive).isInstanceOf(EOFException.class);
        client.send(RespConnection.encode("SET", "k", "v"));
        await().until(() -> "v".equals(redis.command("GET", "k")));
        assertThat(serverKnows(id)).isTrue();

        proxy.heal();
        await().until(() -> !serverKnows(id));
    }

    @Test
    void cutToTheServerEndsItsConnectionInOrder() throws IOException {
        String id = String.valueOf(call(client, "CLIENT", "ID"));
        proxy.cut(TO_SERVER);
        await().until(() -> !serverKnows(id));
        assertThatThrownBy(client::receive).isInstanceOf(EOFException.class);
    }

    @Test
    void resetGivesAnErrorAndNoEnd() throws IOException {
        String id = String.valueOf(call(client, "CLIENT", "ID"));

        proxy.reset();

        assertThatThrownBy(client::receive).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        await().until(() -> !serverKnows(id));
        assertThat(proxy.openConnections()).isZero();
        assertNewConnectionsWork();
    }

    @Test
    void resetOfTheClientLeavesTheServerUnaware() throws IOException {
        String id = String.valueOf(call(client, "CLIENT", "ID"));

        proxy.reset(TO_CLIENT);

        assertThatThrownBy(client::receive).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> serverKnows(id));
        proxy.heal();
        await().until(() -> !serverKnows(id));
    }

    @Test
    void resetOfTheServerLeavesTheClientUnaware() throws IOException {
        try (RespConnection idle = connect(Duration.ofMillis(300))) {
            String id = String.valueOf(call(idle, "CLIENT", "ID"));
            proxy.reset(TO_SERVER);
            await().until(() -> !serverKnows(id));
            assertThatThrownBy(() -> call(idle, "PING")).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            assertBroken(idle);
        }
    }

    @Test
    void refuseTurnsNewConnectionsAwayUntilAccept() throws IOException {
        proxy.refuse();
        assertThatThrownBy(() -> connect(Duration.ofSeconds(5))).isInstanceOf(ConnectException.class);
        assertThat(call(client, "PING")).isEqualTo("PONG");

        proxy.accept();
        assertNewConnectionsWork();
    }

    @Test
    void aBlackHoleToTheServerSwallowsCommands() throws IOException {
        proxy.blackhole(TO_SERVER);
        client.send(RespConnection.encode("SET", "k", "v"));
        await().until(() -> proxy.receivedBytes(TO_SERVER) > proxy.forwardedBytes(TO_SERVER));

        assertThat(redis.command("GET", "k")).isNull();
        assertThat(proxy.openConnections()).isEqualTo(1);

        proxy.heal();
        assertBroken(client);
        assertThat(redis.command("GET", "k")).isNull();
        assertNewConnectionsWork();
    }

    @Test
    void aBlackHoleToTheClientLetsCommandsActAndSwallowsReplies() throws IOException {
        proxy.blackhole(TO_CLIENT);
        client.send(RespConnection.encode("SET", "k", "v"));
        await().until(() -> "v".equals(redis.command("GET", "k")));
        await().until(() -> proxy.receivedBytes(TO_CLIENT) > proxy.forwardedBytes(TO_CLIENT));

        proxy.heal();
        assertBroken(client);
        assertNewConnectionsWork();
    }

    @Test
    void aBlackHoleActsOnConnectionsMadeLater() throws IOException {
        proxy.blackhole(TO_CLIENT);
        try (RespConnection later = connect(Duration.ofMillis(200))) {
            assertThatThrownBy(() -> call(later, "PING")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aConnectionThatLostNothingOutlivesTheBlackHole() throws IOException {
        proxy.blackhole(TO_CLIENT);
        proxy.blackhole(TO_SERVER);
        proxy.heal();
        assertThat(call(client, "PING")).isEqualTo("PONG");
    }

    @Test
    void theClientIsNotToldOfTheDeathOfAServerBehindABlackHole() throws IOException {
        try (RespConnection idle = connect(Duration.ofMillis(300))) {
            call(idle, "PING");
            proxy.blackhole(TO_CLIENT);
            redis.kill();
            assertThatThrownBy(idle::receive).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void theServerIsNotToldOfTheDeathOfAClientBehindABlackHole() throws IOException {
        String id = String.valueOf(call(client, "CLIENT", "ID"));
        proxy.blackhole(TO_SERVER);
        client.close();
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> serverKnows(id));

        proxy.heal();
        await().until(() -> !serverKnows(id));
    }

    @Test
    void heldCommandsAreDeliveredInOrderOnRelease() throws IOException {
        proxy.hold(TO_SERVER);
        long before = proxy.receivedBytes(TO_SERVER);
        client.send(RespConnection.encode("SET", "k", "1"));
        client.send(RespConnection.encode("APPEND", "k", "2"));
        await().until(() -> proxy.receivedBytes(TO_SERVER) > before);
        assertThat(redis.command("EXISTS", "k")).isEqualTo(0L);

        proxy.release();
        assertThat(client.receive()).isEqualTo("OK");
        assertThat(client.receive()).isEqualTo(2L);
        assertThat(redis.command("GET", "k")).isEqualTo("12");
    }

    @Test
    void heldRepliesArriveOnRelease() throws IOException {
        proxy.hold(TO_CLIENT);
        long before = proxy.forwardedBytes(TO_CLIENT);
        client.send(RespConnection.encode("SET", "k", "v"));
        await().until(() -> proxy.receivedBytes(TO_CLIENT) > proxy.forwardedBytes(TO_CLIENT));
        assertThat(redis.command("GET", "k")).isEqualTo("v");
        assertThat(proxy.forwardedBytes(TO_CLIENT)).isEqualTo(before);

        proxy.release();
        assertThat(client.receive()).isEqualTo("OK");
    }

    @Test
    void aHoldPushesBackOnTheSenderInsteadOfFillingMemory() throws IOException {
        redis.command("SET", "k", "x".repeat(32 << 20));
        proxy.hold(TO_CLIENT);
        long before = proxy.receivedBytes(TO_CLIENT);
        client.send(RespConnection.encode("GET", "k"));
        await().until(() -> proxy.receivedBytes(TO_CLIENT) > before);
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> proxy.receivedBytes(TO_CLIENT) - before <= 16 * 1024);

        proxy.release();
        assertThat((byte[]) client.receive()).hasSize(32 << 20);
    }

    @Test
    void cutWorksDuringAHold() throws IOException {
        proxy.hold(TO_SERVER);
        long before = proxy.receivedBytes(TO_SERVER);
        client.send(RespConnection.encode("SET", "k", "v"));
        await().until(() -> proxy.receivedBytes(TO_SERVER) > before);

        proxy.cut();
        proxy.release();

        assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
        assertNewConnectionsWork();
        assertThat(redis.command("EXISTS", "k")).isEqualTo(0L);
    }

    @Test
    void theDeathOfTheServerReachesTheClientAndItsReturnIsServed() throws IOException {
        redis.kill();
        assertBroken(client);
        try (RespConnection early = connect(Duration.ofSeconds(5))) {
            assertBroken(early);
        }
        redis.restart();
        assertNewConnectionsWork();
    }

    @Test
    void theLastWordsOfAServerThatHangsUpReachTheClient() throws IOException {
        redis.command("CONFIG", "SET", "maxclients", "1");
        try (RespConnection oneTooMany = connect(Duration.ofSeconds(5))) {
            assertThatThrownBy(oneTooMany::receive)
                    .isInstanceOf(RedisErrorReply.class)
                    .hasMessageContaining("max number of clients");
            assertThatThrownBy(oneTooMany::receive).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void closeLeavesNoThreadAndNoConnection() {
        int port = proxy.port();
        proxy.hold(TO_SERVER);
        assertThat(threadsOf(port)).isPositive();

        proxy.close();

        await().until(() -> threadsOf(port) == 0);
        assertThat(proxy.openConnections()).isZero();
        assertBroken(client);
        assertThatThrownBy(() -> connect(Duration.ofSeconds(5))).isInstanceOf(ConnectException.class);
    }

    private boolean serverKnows(String clientId) {
        return String.valueOf(redis.command("CLIENT", "LIST")).contains("id=" + clientId + " ");
    }

    private void assertNewConnectionsWork() throws IOException {
        try (RespConnection fresh = connect(Duration.ofSeconds(5))) {
            assertThat(call(fresh, "PING")).isEqualTo("PONG");
        }
    }

    private static void assertBroken(RespConnection connection) {
        assertThatThrownBy(() -> call(connection, "PING"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private static long threadsOf(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fault-proxy-" + port + "-"))
                .count();
    }

    private static @Nullable Object call(RespConnection connection, String... words) throws IOException {
        return connection.call(RespConnection.encode(words));
    }

    private RespConnection connect(Duration timeout) throws IOException {
        return RespConnection.open(proxy.port(), timeout);
    }
}
