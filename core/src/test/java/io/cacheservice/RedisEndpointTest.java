package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisEndpointTest {
    @TempDir
    Path folder;

    @Test
    void aUrlIsTakenApart() {
        RedisEndpoint redis = endpoint(CacheConfig.builder().url("rediss://app:p%40ss@[::1]:6380/3"));
        assertThat(redis.host()).isEqualTo("::1");
        assertThat(redis.port()).isEqualTo(6380);
        assertThat(redis.username()).hasValue("app");
        assertThat(redis.password().map(String::new)).hasValue("p@ss");
        assertThat(redis.db()).isEqualTo(3);
        assertThat(redis.tls()).isTrue();
        assertThat(redis).hasToString("rediss://app:***@[::1]:6380/3");
    }

    @Test
    void singleSettingsSayTheSame() {
        RedisEndpoint redis = endpoint(CacheConfig.builder()
                .host("::1")
                .port(6380)
                .username("app")
                .password("p@ss")
                .db(3)
                .tls(true));
        assertThat(redis.host()).isEqualTo("::1");
        assertThat(redis.port()).isEqualTo(6380);
        assertThat(redis.username()).hasValue("app");
        assertThat(redis.password().map(String::new)).hasValue("p@ss");
        assertThat(redis.db()).isEqualTo(3);
        assertThat(redis.tls()).isTrue();
        assertThat(redis).hasToString("rediss://app:***@[::1]:6380/3");
    }

    @Test
    void aHostAloneHasDefaultsAndNoPassword() {
        RedisEndpoint redis = endpoint(CacheConfig.builder().host("h"));
        assertThat(redis.password()).isEmpty();
        assertThat(redis.username()).isEmpty();
        assertThat(redis).hasToString("redis://h:6379/0");
    }

    @Test
    void aPasswordAloneBelongsToTheDefaultUser() {
        RedisEndpoint redis = endpoint(CacheConfig.builder().url("redis://:hunter2@h"));
        assertThat(redis.username()).isEmpty();
        assertThat(redis.password().map(String::new)).hasValue("hunter2");
        assertThat(redis).hasToString("redis://:***@h:6379/0");
    }

    @Test
    void thePasswordFileIsReadAnewEachTimeAndOnlyItsFirstLine() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "first \r\nnot this\n");
        RedisEndpoint redis = endpoint(CacheConfig.builder().host("h").passwordFile(file.toString()));
        assertThat(redis.password().map(String::new)).hasValue("first ");
        Files.writeString(file, "second");
        assertThat(redis.password().map(String::new)).hasValue("second");
    }

    @Test
    void aPasswordFileThatWentAwayIsAClearError() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "first");
        RedisEndpoint redis = endpoint(CacheConfig.builder()
                .host("h")
                .put("passwordFile", file.toString(), "environment CACHE_PASSWORD_FILE"));
        Files.delete(file);
        assertThatThrownBy(redis::password)
                .isInstanceOf(CacheConfigException.class)
                .hasMessage("passwordFile = " + file
                        + " (from environment CACHE_PASSWORD_FILE) gives no password: there is no such file");
    }

    @Test
    void anEmptyPasswordFileIsAClearError() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "\nsecond line");
        RedisEndpoint redis = endpoint(CacheConfig.builder().host("h").passwordFile(file.toString()));
        assertThatThrownBy(redis::password)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(file.toString(), "is empty")
                .hasMessageNotContaining("second line");
    }

    @Test
    void theCallerMayWipeThePasswordItGot() {
        RedisEndpoint redis = endpoint(CacheConfig.builder().host("h").password("hunter2"));
        Arrays.fill(redis.password().orElseThrow(), 'x');
        assertThat(redis.password().map(String::new)).hasValue("hunter2");
    }

    private static RedisEndpoint endpoint(CacheConfig.Builder builder) {
        return builder.build().redis().orElseThrow();
    }
}
