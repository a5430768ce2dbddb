package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is never printed, wherever it came from and whatever is wrong with it. */
class CacheConfigSecretsTest {
    private static final String SECRET = "hunter2";
    private static final String TOKEN = "hunter2hunter2hunter2";

    @TempDir
    static Path folder;

    static Stream<UnaryOperator<CacheConfig.Builder>> sources() throws IOException {
        Path properties = Files.writeString(
                folder.resolve("a.properties"), "host=h\npassword=" + SECRET + "\nserver.tokens=" + TOKEN + "\n");
        Path urlProperties =
                Files.writeString(folder.resolve("b.properties"), "url=redis\\://app\\:" + SECRET + "@h\n");
        Path passwordFile = Files.writeString(folder.resolve("secret"), SECRET);
        return Stream.of(
                b -> b.host("h").password(SECRET).serverTokens(List.of(TOKEN)),
                b -> b.url("redis://app:" + SECRET + "@h"),
                b -> b.url("redis://:" + SECRET + "@h"),
                b -> b.host("h").passwordFile(passwordFile.toString()),
                b -> b.putFile(properties),
                b -> b.putFile(urlProperties),
                b -> b.putEnvironment(
                        Map.of("CACHE_HOST", "h", "CACHE_PASSWORD", SECRET, "CACHE_SERVER_TOKENS", TOKEN)),
                b -> b.putEnvironment(Map.of("CACHE_URL", "rediss://app:" + SECRET + "@h")),
                b -> b.put("url", "rediss://app:" + SECRET + "@h", "command line --redis-url"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aSecretInForceIsNotPrinted(UnaryOperator<CacheConfig.Builder> source) {
        CacheConfig config = source.apply(CacheConfig.builder()).build();
        RedisEndpoint redis = config.redis().orElseThrow();
        assertThat(redis.password().map(String::new)).hasValue(SECRET);
        assertThat(config.toString() + config.origins() + config.values() + config.table() + redis)
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aSecretAmongContradictionsIsNotPrinted(UnaryOperator<CacheConfig.Builder> source) {
        CacheConfig.Builder builder = source.apply(CacheConfig.builder())
                .put("url", "redis://other:" + SECRET + "@h", "x")
                .put("host", "h", "x")
                .put("password", SECRET, "x")
                .put("topology", "sentinel", "x");
        assertSilent(catchThrowableOfType(CacheConfigException.class, builder::build));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://app:hunter2@h:x",
                "redis://app:hunter2@h/x",
                "redis://app:hunter2@",
                "redis://app:hunter2",
                "redis://hunter2@h",
                "redis://app:hun@hunter2@h",
                "redis://app:hun/hunter2@h",
                "redis://h?password=hunter2",
                "redis://h?password=p@hunter2",
                "redis://h/hunter2",
                "redis://h#hunter2",
                "redis://app:hunter2%zz@h",
                "app:hunter2@h",
                "http://app:hunter2@h",
                "redis:app:hunter2@h",
                "hunter2",
            })
    void aWrongUrlIsNotPrinted(String url) {
        CacheConfig.Builder builder = CacheConfig.builder().put("url", url, "a test");
        assertSilent(catchThrowableOfType(CacheConfigException.class, builder::build));
        assertSilent(catchThrowableOfType(
                CacheConfigException.class, () -> CacheConfig.builder().url(url)));
    }

    @Test
    void aWrongTokenIsNotPrinted() {
        CacheConfig.Builder builder = CacheConfig.builder().put("server.tokens", TOKEN + "," + SECRET, "a test");
        assertSilent(catchThrowableOfType(CacheConfigException.class, builder::build));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"passwd", "Password", "redis.password", "pw", "pass", "auth", "hostpw", "server.token", "zzz"})
    void aSecretUnderAnUnknownNameIsNotPrinted(String name) {
        CacheConfig.Builder builder = CacheConfig.builder().put(name, SECRET, "a test");
        assertSilent(catchThrowableOfType(CacheConfigException.class, builder::build));
    }

    @Test
    void aSecretInABrokenFileIsNotPrinted() throws IOException {
        Path file = Files.writeString(folder.resolve("c.properties"), "password=" + SECRET + "\\u00zz\n");
        assertSilent(catchThrowableOfType(CacheConfigException.class, () -> CacheConfig.load(file)));
    }

    private static void assertSilent(CacheConfigException error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        // the frames name this class and its methods, never an argument
        assertThat(trace.toString()).contains("CacheConfigException: ").doesNotContain(SECRET);
    }
}
