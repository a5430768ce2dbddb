package io.cacheservice.testkit;

import static io.cacheservice.testkit.Direction.TO_CLIENT;
import static io.cacheservice.testkit.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyDelayTest {
    private final RedisServer redis = RedisServer.start();
    private final FaultProxy proxy = FaultProxy.to(redis.port());
    private final RespConnection client = connect();

    FaultProxyDelayTest() throws IOException {}

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
    void commandsArriveNoSoonerThanTheLatency() throws IOException {
        proxy.latency(TO_SERVER, Duration.ofMillis(150));
        long start = System.nanoTime();
        call(client, "PING");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(150_000_000);
    }

    @Test
    void repliesArriveNoSoonerThanTheLatency() throws IOException {
        proxy.latency(TO_CLIENT, Duration.ofMillis(150));
        long start = System.nanoTime();
        call(client, "PING");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(150_000_000);
    }

    @Test
    void commandsAreTakenInWhileEarlierOnesAreOnTheirWay() throws IOException {
        proxy.latency(TO_SERVER, Duration.ofSeconds(2));
        long forwardedBefore = proxy.forwardedBytes(TO_SERVER);
        for (int i = 1; i <= 5; i++) {
            long receivedBefore = proxy.receivedBytes(TO_SERVER);
            client.send(RespConnection.encode("RPUSH", "k", Integer.toString(i)));
            await().until(() -> proxy.receivedBytes(TO_SERVER) > receivedBefore);
        }
        assertThat(proxy.forwardedBytes(TO_SERVER)).isEqualTo(forwardedBefore);

        for (long length = 1; length <= 5; length++) {
            assertThat(client.receive()).isEqualTo(length);
        }
    }

    @Test
    void jitterKeepsTheOrderOfCommands() throws IOException {
        proxy.jitter(TO_SERVER, Duration.ofMillis(30), 42);
        proxy.jitter(TO_CLIENT, Duration.ofMillis(30), 43);
        for (int i = 0; i < 50; i++) {
            long receivedBefore = proxy.receivedBytes(TO_SERVER);
            client.send(RespConnection.encode("RPUSH", "k", Integer.toString(i)));
            await().pollInterval(Duration.ofMillis(1)).until(() -> proxy.receivedBytes(TO_SERVER) > receivedBefore);
        }
        for (long length = 1; length <= 50; length++) {
            assertThat(client.receive()).isEqualTo(length);
        }
        assertThat(redis.command("LINDEX", "k", "49")).isEqualTo("49");
    }

    @Test
    void aLimitOfBandwidthHoldsForAllConnectionsTogetherAndLosesNothing() throws IOException {
        byte[] value = randomBytes(50_000);
        redis.commandBytes(utf8("SET"), utf8("k"), value);
        proxy.bandwidth(TO_CLIENT, 200_000);
        try (RespConnection other = connect()) {
            long start = System.nanoTime();
            client.send(RespConnection.encode("GET", "k"));
            other.send(RespConnection.encode("GET", "k"));
            assertThat(client.receive()).isEqualTo(value);
            assertThat(other.receive()).isEqualTo(value);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(500_000_000);
        }
    }

    @Test
    void bytesStayInOrderWhileDelaysComeAndGo() throws Exception {
        byte[] value = randomBytes(4_000_000);
        redis.commandBytes(utf8("SET"), utf8("k"), value);
        Thread weather = new Thread(() -> {
            for (int i = 0; !Thread.interrupted(); i++) {
                proxy.latency(TO_CLIENT, Duration.ofMillis(i % 3));
                proxy.jitter(TO_CLIENT, Duration.ofMillis(i % 2), i);
                LockSupport.parkNanos(1_000_000);
                proxy.heal();
            }
        });
        weather.start();
        for (int i = 0; i < 10; i++) {
            assertThat(client.call(RespConnection.encode("GET", "k"))).isEqualTo(value);
        }
        weather.interrupt();
        weather.join();
    }

    @Test
    void aDelayPushesBackOnTheSenderInsteadOfFillingMemory() throws IOException {
        redis.command("SET", "k", "x".repeat(32 << 20));
        proxy.latency(TO_CLIENT, Duration.ofMillis(500));
        proxy.hold(TO_CLIENT);
        long before = proxy.receivedBytes(TO_CLIENT);
        client.send(RespConnection.encode("GET", "k"));
        await().until(() -> proxy.receivedBytes(TO_CLIENT) - before > 900_000);
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> proxy.receivedBytes(TO_CLIENT) - before <= (1 << 20) + 16 * 1024);

        proxy.heal();
        assertThat((byte[]) client.receive()).hasSize(32 << 20);
    }

    @Test
    void aReceiverThatReadsNothingDelaysNoOtherConnection() throws IOException {
        redis.command("SET", "k", "x".repeat(32 << 20));
        proxy.latency(TO_CLIENT, Duration.ofMillis(10));
        client.send(RespConnection.encode("GET", "k"));
        await().until(() -> proxy.forwardedBytes(TO_CLIENT) > 100_000);
        try (RespConnection other = connect()) {
            assertThat(call(other, "PING")).isEqualTo("PONG");
        }
    }

    @Test
    void theEndOfAConnectionIsDelayedToo() throws IOException {
        proxy.latency(TO_CLIENT, Duration.ofMillis(300));
        long start = System.nanoTime();
        redis.kill();
        assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000);
        client.close();
        await().until(() -> proxy.openConnections() == 0);
    }

    @Test
    void healEndsDelaysAndCutWorksDuringOne() throws IOException {
        proxy.latency(TO_SERVER, Duration.ofHours(1));
        proxy.bandwidth(TO_CLIENT, 1);
        long accepted = proxy.acceptedConnections();
        try (RespConnection other = connect()) {
            other.send(RespConnection.encode("PING"));
            // a connection that the proxy has not taken yet would outlive the cut
            await().until(() -> proxy.acceptedConnections() == accepted + 1);
            proxy.cut();
            assertThatThrownBy(other::receive).isInstanceOf(IOException.class);
        }
        proxy.heal();
        try (RespConnection fresh = connect()) {
            assertThat(call(fresh, "PING")).isEqualTo("PONG");
        }
        assertThat(proxy.openConnections()).isLessThanOrEqualTo(1);
    }

    @Test
    void closeLeavesNoThreadOfADelay() throws IOException {
        proxy.latency(TO_SERVER, Duration.ofHours(1));
        client.send(RespConnection.encode("PING"));
        await().until(() -> threads("-delayed") == 1);
        proxy.close();
        await().until(() -> threads("") == 0);
    }

    @Test
    void delaysThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> proxy.latency(TO_CLIENT, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
        assertThatThrownBy(() -> proxy.jitter(TO_CLIENT, Duration.ofMillis(-1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> proxy.bandwidth(TO_CLIENT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytesPerSecond is 0");
    }

    private long threads(String nameEnd) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("fault-proxy-" + proxy.port() + "-") && name.endsWith(nameEnd))
                .count();
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return RespConnection.encode(text)[0];
    }

    private static @Nullable Object call(RespConnection connection, String... words) throws IOException {
        return connection.call(RespConnection.encode(words));
    }

    private RespConnection connect() throws IOException {
        return RespConnection.open(proxy.port(), Duration.ofSeconds(10));
    }
}
