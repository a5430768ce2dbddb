package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {
    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "max-memory, maxMemory",
        "MAXMEMORY, maxMemory",
        "passwd, password",
        "redis.host, host",
        "tokens, server.tokens",
        "serverPort, server.port",
        "PRT, port",
        "readTimout, readTimeout",
    })
    void theClosestNameIsFound(String unknown, String meant) {
        assertThat(SettingNames.closest(unknown)).map(Setting::name).hasValue(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "zzz", "frobnicate", "x"})
    void aNameLikeNoOtherHasNone(String unknown) {
        assertThat(SettingNames.closest(unknown)).isEmpty();
    }

    @Test
    void whatTheClosestSettingReadsIsShown() {
        assertThat(SettingNames.shownValue("prot", "6380")).isEqualTo("6380");
        assertThat(SettingNames.shownValue("readTimout", "30s")).isEqualTo("30s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwd", "pw", "hostpw", "usernam", "redis.auth", "prot", "urls", "tokens"})
    void whatMayBeASecretIsNotShown(String unknown) {
        assertThat(SettingNames.shownValue(unknown, "hunter2")).isEqualTo("***");
    }

    @Test
    void aNumberUnderANameThatTellsOfASecretIsNotShown() {
        assertThat(SettingNames.shownValue("portpw", "12345")).isEqualTo("***");
    }
}
