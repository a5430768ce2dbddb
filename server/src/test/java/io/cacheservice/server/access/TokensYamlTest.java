package io.cacheservice.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensYamlTest {
    private static final String TOKEN = "hunter2-hunter2-hunter2";

    /** Of {@link #TOKEN}, by sha256sum. */
    private static final String SHA256 = "ae71c4cdf5d735963a372732e38e6c3198c25c4cc759e915682f4f04219c077e";

    @Test
    void aTokenHasANameScopesAndPrefixes() {
        Tokens tokens = Tokens.ofFile("""
                - name: orders
                  token: hunter2-hunter2-hunter2
                  scopes: [read, write]
                  prefixes: ["orders:", "carts:"]
                - {name: operator, token: operator-operator-op, scopes: [admin]}
                """.getBytes(UTF_8));

        Caller orders = requireNonNull(tokens.caller(List.of("Bearer " + TOKEN)));
        assertThat(orders.name()).isEqualTo("orders");
        assertThat(orders.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.WRITE);
        assertThat(orders.prefixes()).containsExactly("orders:", "carts:");
        Caller operator = requireNonNull(tokens.caller(List.of("Bearer operator-operator-op")));
        assertThat(operator.scopes()).containsExactly(Scope.ADMIN);
        assertThat(operator.reachesEveryKey()).isTrue();
    }

    @Test
    void theFileMayHoldDigestsOnly() {
        Tokens tokens = Tokens.ofFile(
                ("[{name: a, sha256: '" + SHA256.toUpperCase(java.util.Locale.ROOT) + "', scopes: [read]}]")
                        .getBytes(UTF_8));

        assertThat(tokens.caller(List.of("Bearer " + TOKEN))).isNotNull();
        assertThat(tokens.caller(List.of("Bearer " + SHA256)))
                .as("the digest is no token")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\uFFFE",
                "%YAML 9.9\n---\n[]",
                "&a [*a]",
                "*a",
                "!!java.io.File [x]",
                "\t- x",
                "'",
                "{",
                "- - - -",
                "? ",
                "---\n---\n",
                "\uD800"
            })
    void garbageIsRefusedWhateverItIs(String yaml) {
        assertThatThrownBy(() -> Tokens.ofFile(yaml.getBytes(UTF_8))).isInstanceOf(CacheConfigException.class);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        for (int first = 0; first < 256; first++) {
            byte[] bytes = {(byte) first, (byte) 0x80, '\n', (byte) 0xff};
            assertThatThrownBy(() -> Tokens.ofFile(bytes)).isInstanceOf(CacheConfigException.class);
        }
    }

    @Test
    void endlessNestingIsRefused() {
        assertThatThrownBy(() -> Tokens.ofFile("[".repeat(100_000).getBytes(UTF_8)))
                .isInstanceOf(CacheConfigException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "                                                                     | a YAML list",
                "[]                                                                   | at least one",
                "orders: hunter2-hunter2-hunter2                                      | a YAML list",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [read]            | not YAML",
                "[hunter2-hunter2-hunter2]                                            | token 1 is no object",
                "[{token: hunter2-hunter2-hunter2, scopes: [read]}]                   | token 1 has no name",
                "[{name: 'a b', token: hunter2-hunter2-hunter2, scopes: [read]}]      | token 1 has no name",
                "[{name: a, scopes: [read]}]                                          | ('a') needs either token or sha256",
                "[{name: a, token: hunter2-hunter2-hunter2, sha256: x, scopes: [read]}] | needs either token or sha256",
                "[{name: a, token: hunter2, scopes: [read]}]                          | 16 to 512",
                "[{name: a, token: 12345678901234567890, scopes: [read]}]             | in quotes",
                "[{name: a, sha256: 8eca90ab, scopes: [read]}]                        | 64 hexadecimal digits",
                "[{name: a, token: hunter2-hunter2-hunter2}]                          | needs scopes",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: []}]              | needs scopes",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: read}]            | needs scopes",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [all]}]           | expected read, write or admin",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [read], prefixes: []}] | needs prefixes",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [read], prefixes: ['']}] | prefixes that is no text",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [read], prefixes: [1]}] | prefixes that is no text",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [read], prefix: ['a']}] | member that is not known",
                "[{name: a, token: hunter2-hunter2-hunter2, token: b, scopes: [read]}] | gives a member twice",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [read]}, {name: a, token: hunter2-hunter2-hunter3, scopes: [read]}] | token 2 has the name 'a'",
                "[{name: a, token: hunter2-hunter2-hunter2, scopes: [read]}, {name: b, token: hunter2-hunter2-hunter2, scopes: [read]}] | token 2 ('b') is the same"
            })
    void whatIsWrongIsNamedWithoutAToken(String yaml, String said) {
        assertThatThrownBy(() -> Tokens.ofFile((yaml == null ? "" : yaml).getBytes(UTF_8)))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining(said)
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }
}
