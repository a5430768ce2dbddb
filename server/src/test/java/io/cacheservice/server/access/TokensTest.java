package io.cacheservice.server.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final Tokens TOKENS =
            Tokens.allowingEverything(List.of("first-token-of-the-list", "second-token-of-the-list"));

    @Test
    void theCallerIsTheOneWhoseTokenIsShown() {
        Caller second = requireNonNull(TOKENS.caller(List.of("Bearer second-token-of-the-list")));

        assertThat(second.name()).isEqualTo("server.tokens[2]");
        assertThat(second.scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(second.reachesEveryKey()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer first-token-of-the-list", "BEARER first-token-of-the-list "})
    void theNameOfTheSchemeHasNoCase(String field) {
        assertThat(TOKENS.caller(List.of(field))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "first-token-of-the-list",
                "Basic first-token-of-the-list",
                "Bearer first-token-of-the-lis",
                "Bearer first-token-of-the-list2",
                "Bearer FIRST-TOKEN-OF-THE-LIST",
                "Bearer first-token-of-the-list, Bearer second-token-of-the-list"
            })
    void whatIsNoKnownTokenIsNobody(String field) {
        assertThat(TOKENS.caller(List.of(field))).isNull();
    }

    @Test
    void noFieldIsNobodyAndSoAreTwo() {
        assertThat(TOKENS.caller(List.of())).isNull();
        assertThat(TOKENS.caller(List.of("Bearer first-token-of-the-list", "Bearer x")))
                .as("two fields, which a proxy and we might read differently")
                .isNull();
    }

    @Test
    void anEmptySetKnowsNobody() {
        assertThat(Tokens.allowingEverything(List.of()).caller(List.of("Bearer ")))
                .isNull();
    }

    @Test
    void aPrefixReachesKeysThatBeginSoAndListsThatDo() {
        Caller caller = new Caller("orders", java.util.Set.of(Scope.READ), List.of("orders:", "carts:"));

        assertThat(caller.reaches("orders:1")).isTrue();
        assertThat(caller.reaches("carts:")).isTrue();
        assertThat(caller.reaches("order")).isFalse();
        assertThat(caller.reaches("")).isFalse();
        assertThat(caller.reaches("Orders:1")).isFalse();
        assertThat(caller.reachesEveryKey()).isFalse();
    }
}
