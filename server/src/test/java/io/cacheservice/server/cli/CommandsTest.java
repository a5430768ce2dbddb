package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static Program server;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() throws Exception {
        server = Program.serve(Map.of("CACHE_MAX_VALUE_BYTES", "1000b"));
        environment = Map.of("CACHE_SERVICE_URL", server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void whatIsSetIsGotByteForByteUnderAnyKey() throws Exception {
        byte[] bytes = {0, 1, '\r', '\n', -1, -2, 10};

        Program.Result set = Program.run(environment, bytes, "set", "a/../b c?&%2F;", "-");
        Program.Result got = Program.run(environment, "get", "a/../b c?&%2F;");

        assertThat(set.exitCode()).isZero();
        assertThat(set.out()).isEmpty();
        assertThat(got.exitCode()).isZero();
        assertThat(got.out()).isEqualTo(bytes);
    }

    @Test
    void aDeletedKeyIsAMiss() throws Exception {
        Program.run(environment, "set", "gone", "x", "--ttl", "1h", "--content-type", "text/plain");
        assertThat(Program.run(environment, "delete", "gone").exitCode()).isZero();

        Program.Result got = Program.run(environment, "get", "gone");

        assertThat(got.exitCode()).isEqualTo(1);
        assertThat(got.out()).isEmpty();
        assertThat(got.err()).contains("the key is absent");
    }

    @Test
    void aWrongCommandLineIsAUsageError() throws Exception {
        assertThat(Program.run(environment, "get").exitCode()).isEqualTo(2);
        assertThat(Program.run(environment, "fetch", "a").exitCode()).isEqualTo(2);
        assertThat(Program.run(environment).exitCode()).isEqualTo(2);
        assertThat(Program.run(environment, "get", "a", "--url", "ftp://x").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        Program.Result got = Program.run(environment, "get", "a", "--url", "http://127.0.0.1:" + free);

        assertThat(got.exitCode()).isEqualTo(3);
        assertThat(got.err()).contains("http://127.0.0.1:" + free).contains("cache-service serve");
    }

    @Test
    void whatTheServerRefusesIsToldWithItsReason() throws Exception {
        Program.Result large = Program.run(environment, new byte[1001], "set", "large", "-");
        Program.Result life = Program.run(environment, "set", "a", "x", "--ttl", "soon");

        assertThat(large.exitCode()).isEqualTo(4);
        assertThat(large.err()).contains("maxValueBytes");
        assertThat(life.exitCode()).isEqualTo(4);
        assertThat(life.err()).contains("ttl = 'soon'");
    }

    @Test
    void statisticsAreForPeopleOrPrograms() throws Exception {
        Program.Result text = Program.run(environment, "stats");
        Program.Result json = Program.run(environment, "stats", "--json");

        assertThat(text.text())
                .contains("hit ratio")
                .contains("local tier")
                .contains("0 begun, 0 left to others, 0 left out, 0 wasted")
                .contains("0 on error, 0 while loading")
                .contains("0 not stored, 0 of them duplicates");
        assertThat(json.text())
                .startsWith("{")
                .contains("\"localMaxBytes\":")
                .contains("\"leasesRefused\":")
                .contains("\"duplicates\":")
                .contains("\"refreshesWasted\":")
                .contains("\"refreshLead\":");
    }

    @Test
    void helpAndVersionGoToStandardOutput() throws Exception {
        Program.Result help = Program.run(environment, "help", "set");
        Program.Result version = Program.run(environment, "--version");

        assertThat(help.exitCode()).isZero();
        assertThat(help.text()).contains("--ttl").contains("VALUE|-");
        assertThat(version.text()).startsWith("cache-service ");
    }
}
