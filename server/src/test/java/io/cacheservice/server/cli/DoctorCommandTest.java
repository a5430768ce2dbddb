package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.RedisServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    @Test
    void aServerWithoutFaultsEndsWithZeroAndTheWorstComesFirst() throws Exception {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--maxmemory-policy", "volatile-ttl")
                .start()) {
            Program.Result result =
                    Program.run(Map.of(), "doctor", "--redis-url", redis.url(), "--set", "readTimeout=1m");

            assertThat(result.exitCode()).as(result.text() + result.err()).isZero();
            assertThat(result.text())
                    .startsWith("WARNING  eviction     127.0.0.1:" + redis.port() + "  volatile-ttl")
                    .contains("         remedy: CONFIG SET maxmemory-policy allkeys-lfu")
                    .contains("0 faults, 1 warning, ");
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void aFaultEndsWithFiveAlsoAsJsonWithSettingsOfAFile(@TempDir Path folder) throws Exception {
        try (RedisServer redis = RedisServer.builder()
                .password("sesame-7319")
                .arguments("--maxmemory", "1")
                .start()) {
            Path file = Files.writeString(
                    folder.resolve("cache.properties"),
                    "host = 127.0.0.1\nport = " + redis.port() + "\npassword = sesame-7319\n");

            Program.Result result = Program.run(Map.of(), "doctor", "--json", "--config", file.toString());

            assertThat(result.exitCode()).isEqualTo(7);
            JsonNode report = JsonMapper.shared().readTree(result.text());
            assertThat(report.path("examined").asBoolean()).isTrue();
            assertThat(report.path("counts").path("FAULT").asInt()).isEqualTo(1);
            assertThat(report.path("findings").valueStream())
                    .anyMatch(finding -> finding.path("check").asString().equals("memory")
                            && finding.path("level").asString().equals("FAULT")
                            && finding.path("where").asString().endsWith(":" + redis.port())
                            && finding.path("seen").asString().contains("OOM")
                            && finding.path("remedy").asString().contains("raise maxmemory"));
            assertThat(result.text()).doesNotContain("sesame");
        }
    }

    @Test
    void nothingExaminedEndsWithThree() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        Program.Result result = Program.run(Map.of("CACHE_URL", "redis://127.0.0.1:" + free), "doctor");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.text()).startsWith("FAULT    reach").contains("no server could be examined");
    }

    @Test
    void wrongSettingsAndNoRedisAreUsageErrors() throws Exception {
        Program.Result none = Program.run(Map.of(), "doctor");
        Program.Result wrong = Program.run(Map.of(), "doctor", "--redis-url", "http://x");

        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("set url, host or nodes");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--redis-url");
    }
}
