package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with certificates, named tokens and an audit, as an operator runs it. */
class SecureServeTest {
    private static final String TOKEN = "a-token-of-24-characters";

    private static TestCertificates certificates;

    @BeforeAll
    static void make() {
        certificates = TestCertificates.create();
    }

    @AfterAll
    static void delete() {
        certificates.close();
    }

    @Test
    void commandsSpeakHttpsToAServerWhoseAuthorityTheyAreGiven() throws Exception {
        try (Program program = Program.serve(
                Map.of(),
                "--set",
                "server.tlsCertFile=" + certificates.serverCertificatePem(),
                "--set",
                "server.tlsKeyFile=" + certificates.serverKeyPem())) {
            String url = program.url();
            assertThat(url).startsWith("https://127.0.0.1:");
            String ca = certificates.caPem().toString();

            assertThat(Program.run(Map.of(), "set", "a", "one", "--url", url, "--ca-file", ca)
                            .exitCode())
                    .isZero();
            Program.Result got = Program.run(Map.of("CACHE_SERVICE_URL", url, "CACHE_SERVICE_CA_FILE", ca), "get", "a");
            assertThat(got.text()).isEqualTo("one");

            Program.Result unknown = Program.run(Map.of(), "get", "a", "--url", url);
            assertThat(unknown.exitCode()).isEqualTo(3);
            assertThat(unknown.err())
                    .contains("TLS failed")
                    .contains("--ca-file")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aFileThatIsNoAuthorityIsToldWithItsName(@TempDir Path folder) throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        for (String file :
                new String[] {empty.toString(), folder.resolve("nowhere.pem").toString()}) {
            Program.Result result = Program.run(Map.of(), "get", "a", "--ca-file", file);

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains(file).contains("--ca-file").doesNotContain("\tat ");
        }
    }

    @Test
    void anAddressForOthersWithATokenAndWithoutTlsWarns() throws Exception {
        try (Program program = Program.serve(Map.of("CACHE_SERVER_TOKENS", TOKEN), "--bind", "0.0.0.0")) {
            assertThat(program.fact("Warning")).contains("unencrypted").contains("server.tlsCertFile");
        }
        try (Program program = Program.serve(Map.of("CACHE_SERVER_TOKENS", TOKEN))) {
            assertThat(program.screen()).noneMatch(line -> line.startsWith("Warning"));
        }
    }

    @Test
    void theScreenNamesTheFileOfTokensAndABrokenOneStopsTheStart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("tokens.yaml"), "- {name: ops, token: " + TOKEN + ", scopes: [read]}\n");
        try (Program program = Program.serve(Map.of("CACHE_SERVER_TOKENS_FILE", file.toString()))) {
            assertThat(program.fact("Access")).contains("bearer token").contains(file.toString());
            assertThat(program.screen()).noneMatch(line -> line.contains(TOKEN));
        }

        Files.writeString(file, "- {name: ops, token: " + TOKEN + ", scopes: [everything]}\n");
        Program.Result broken =
                Program.run(Map.of("CACHE_SERVER_TOKENS_FILE", file.toString()), "serve", "--port", "0");
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err())
                .contains("server.tokensFile is refused")
                .contains("expected read, write or admin")
                .doesNotContain(TOKEN)
                .doesNotContain("\tat ");
    }

    @Test
    void theAuditGoesToAFileOfItsOwnWhereLoggingIsConfiguredSo(@TempDir Path folder) throws Exception {
        Path audit = folder.resolve("audit.log");
        String page = Files.readString(Path.of("..", "docs", "security.md"));
        int start = page.indexOf("```properties\n") + "```properties\n".length();
        Path logging = Files.writeString(
                folder.resolve("logging.properties"),
                page.substring(start, page.indexOf("```", start))
                        .replace("/var/log/cache-service/audit.log", audit.toString()));
        try (Program program = Program.serve(Map.of(
                "CACHE_SERVER_TOKENS", TOKEN, "JAVA_TOOL_OPTIONS", "-Djava.util.logging.config.file=" + logging))) {
            Program.run(Map.of("CACHE_SERVICE_URL", program.url()), "get", "a");
            program.terminate();
            program.awaitEnd();
        }

        assertThat(Files.readAllLines(audit))
                .singleElement()
                .asString()
                .startsWith("{\"time\":\"")
                .contains("\"outcome\":\"refused\"")
                .endsWith("}");
    }
}
