package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static RedisServer redis;
    private static TestCertificates certificates;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        certificates = TestCertificates.create();
    }

    @AfterAll
    static void stop() {
        redis.close();
        certificates.close();
    }

    @Test
    void aServerOfATrustedAuthorityIsSpokenTo() {
        try (FaultProxy proxy = FaultProxy.tls(redis.port(), certificates);
                RemoteTier tier = Tiers.open(
                        Tiers.config(proxy.url()).tlsCaFile(certificates.caPem().toString()))) {
            await(tier.set(bytes("k"), bytes("v"), 60_000));

            assertThat(Tiers.text(await(tier.get(bytes("k"), true)))).isEqualTo("v");
        }
    }

    @Test
    void aSilentServerBehindTlsIsGivenUpThoughItTakesNothingIn() {
        ManualTime time = new ManualTime();
        try (FaultProxy proxy = FaultProxy.tls(redis.port(), certificates);
                RemoteTier tier = Tiers.open(
                        Tiers.config(proxy.url()).tlsCaFile(certificates.caPem().toString()), time)) {
            proxy.hold(Direction.TO_SERVER);
            CompletableFuture<?> filling = tier.set(bytes("big"), new byte[16 << 20], 60_000);
            Awaitility.await().until(() -> proxy.receivedBytes(Direction.TO_SERVER) > 10_000);
            time.advance(Duration.ofSeconds(2));

            assertThatThrownBy(() -> await(filling)).isInstanceOf(CacheConnectionException.class);
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(tier.connections().get(0).lastError()).contains("connectTimeout = 2000 ms"));
        }
    }

    @Test
    void aPeerThatEndsTheHandshakeIsTriedAgain() throws IOException {
        try (ServerSocket peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> hangUp(peer), "hanging-up");
            hangingUp.setDaemon(true);
            hangingUp.start();
            try (RemoteTier tier = Tiers.open(Tiers.config("rediss://127.0.0.1:" + peer.getLocalPort()))) {
                assertThat(tier.connections().get(0).lastError())
                        .contains("cannot connect")
                        .doesNotContain("null");
            }
        }
    }

    private static void hangUp(ServerSocket peer) {
        try {
            while (true) {
                peer.accept().close();
            }
        } catch (IOException closed) {
            assertThat(peer.isClosed()).isTrue();
        }
    }

    @Test
    void aFileThatIsNoCertificateStopsTheStartByName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        assertThatThrownBy(() -> Tiers.open(
                        Tiers.config("rediss://127.0.0.1:" + redis.port()).tlsCaFile(file.toString())))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("tlsCaFile = " + file);
        assertThatThrownBy(() -> Tiers.open(
                        Tiers.config("rediss://127.0.0.1:" + redis.port()).tlsCaFile(file + ".absent")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("tlsCaFile = " + file + ".absent");
    }
}
