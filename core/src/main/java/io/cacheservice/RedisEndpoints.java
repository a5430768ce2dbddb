package io.cacheservice;

import io.cacheservice.RedisEndpoint.Credentials;
import io.cacheservice.RedisEndpoint.PasswordSource;
import io.cacheservice.internal.config.RedisUrl;
import io.cacheservice.internal.config.Setting;
import io.cacheservice.internal.config.SettingValues;
import io.cacheservice.internal.config.Settings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together where Redis is from the settings that say so. */
final class RedisEndpoints {
    private RedisEndpoints() {}

    static Optional<RedisEndpoint> of(SettingValues values) {
        Credentials onSentinels = credentials(
                values, Settings.SENTINEL_USERNAME, Settings.SENTINEL_PASSWORD, Settings.SENTINEL_PASSWORD_FILE);
        String url = values.value(Settings.URL);
        if (url != null) {
            RedisUrl parts = RedisUrl.parse(url);
            PasswordSource password =
                    new PasswordSource(parts.password(), null, Settings.URL.name(), values.origin(Settings.URL));
            return Optional.of(new RedisEndpoint(
                    parts.host(),
                    parts.port(),
                    new Credentials(parts.username(), password),
                    onSentinels,
                    parts.db(),
                    parts.tls()));
        }
        String host = values.value(Settings.HOST);
        String first = host == null ? firstNode(values) : host + ":" + required(values, Settings.PORT);
        if (first == null) {
            return Optional.empty();
        }
        int colon = first.lastIndexOf(':');
        return Optional.of(new RedisEndpoint(
                first.substring(0, colon).replaceAll("[\\[\\]]", ""),
                Integer.parseInt(first.substring(colon + 1)),
                credentials(values, Settings.USERNAME, Settings.PASSWORD, Settings.PASSWORD_FILE),
                onSentinels,
                required(values, Settings.DB),
                required(values, Settings.TLS)));
    }

    private static @Nullable String firstNode(SettingValues values) {
        List<String> nodes = required(values, Settings.NODES);
        return nodes.isEmpty() ? null : nodes.get(0).replaceAll("\\*.*", "");
    }

    private static Credentials credentials(
            SettingValues values, Setting<String> username, Setting<String> password, Setting<String> passwordFile) {
        return new Credentials(
                values.value(username),
                new PasswordSource(
                        values.value(password),
                        values.value(passwordFile),
                        passwordFile.name(),
                        values.origin(passwordFile)));
    }

    private static <T> T required(SettingValues values, Setting<T> setting) {
        return Objects.requireNonNull(values.value(setting));
    }
}
