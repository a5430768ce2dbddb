package io.cacheservice.server.http;

import static io.cacheservice.server.http.RunningServer.text;
import static io.cacheservice.server.http.TokenFiles.bearer;
import static io.cacheservice.server.http.TokenFiles.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.internal.config.Setting;
import io.cacheservice.internal.config.Settings;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.TestCertificates;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That each setting of the program really acts: one test a row, named by the setting up to the underscore. */
class ServerSettingsActTest {
    @Test
    void everySettingHasItsRow() {
        Set<String> rows = Arrays.stream(ServerSettingsActTest.class.getDeclaredMethods())
                .map(method -> method.getName().split("_", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> settings = Settings.all().stream()
                .map(Setting::name)
                .filter(name -> name.startsWith("server."))
                .map(name -> name.substring("server.".length()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows).containsAll(settings);
    }

    @Test
    void port_isWhereItListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (RunningServer server = RunningServer.start(c -> c.serverPort(free))) {
            assertThat(server.server.port()).isEqualTo(free);
        }
    }

    @Test
    void bind_isTheAddressItListensOn() throws Exception {
        try (RunningServer server = RunningServer.start(c -> c.serverBind("127.0.0.2"));
                Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.2", server.server.port()));
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void tokens_keepOthersOut() throws Exception {
        try (RunningServer server = RunningServer.start(c -> c.serverTokens(List.of(TokenFiles.token("a"))))) {
            assertThat(server.get("/v1/stats").statusCode()).isEqualTo(401);
            assertThat(server.send("/v1/stats", r -> r.header("Authorization", bearer("a")))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void tokensFile_keepsOthersOut(@TempDir Path folder) throws Exception {
        Path file = TokenFiles.write(folder, entry("a", "read", ""));
        try (RunningServer server = RunningServer.start(c -> c.serverTokensFile(file.toString()))) {
            assertThat(server.get("/v1/stats").statusCode()).isEqualTo(401);
            assertThat(server.send("/v1/stats", r -> r.header("Authorization", bearer("a")))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void tlsCertFile_isShownToClients() throws Exception {
        assertThatItsCertificateIsShown();
    }

    @Test
    void tlsKeyFile_provesTheCertificate() throws Exception {
        assertThatItsCertificateIsShown();
    }

    private static void assertThatItsCertificateIsShown() throws Exception {
        try (TestCertificates certificates = TestCertificates.create();
                RunningServer server = RunningServer.start(c -> c.serverTlsCertFile(
                                certificates.serverCertificatePem().toString())
                        .serverTlsKeyFile(certificates.serverKeyPem().toString()))) {
            assertThat(HttpsTest.get(server, certificates)).isEqualTo(200);
        }
    }

    @Test
    void requireRedis_isNotReadyWhileRedisIsAway() throws Exception {
        RedisServer redis = RedisServer.builder().start();
        try (RunningServer server =
                RunningServer.start(c -> c.host("127.0.0.1").port(redis.port()).serverRequireRedis(true))) {
            assertThat(server.get("/readyz").statusCode()).isEqualTo(200);

            redis.close();

            Awaitility.await().until(() -> server.get("/readyz").statusCode() == 503);
            assertThat(text(server.get("/readyz"))).contains("unavailable");
        } finally {
            redis.close();
        }
    }
}
