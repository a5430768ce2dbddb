package io.cacheservice.internal.config;

import io.cacheservice.MaxMemoryPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What settings, each allowed by itself, must be together. Every rule finds its problems; none changes anything. */
final class SettingRules {
    private static final List<Setting<?>> SAID_BY_URL = List.of(
            Settings.HOST,
            Settings.PORT,
            Settings.USERNAME,
            Settings.PASSWORD,
            Settings.PASSWORD_FILE,
            Settings.DB,
            Settings.TLS);

    private static final List<Setting<?>> SAID_BY_ZONES = List.of(
            Settings.URL,
            Settings.HOST,
            Settings.PORT,
            Settings.USERNAME,
            Settings.PASSWORD,
            Settings.PASSWORD_FILE,
            Settings.DB,
            Settings.TLS,
            Settings.NODES);

    private static final List<Setting<?>> ABOUT_REDIS = List.of(
            Settings.PORT,
            Settings.USERNAME,
            Settings.PASSWORD,
            Settings.PASSWORD_FILE,
            Settings.DB,
            Settings.TLS,
            Settings.TLS_CA_FILE,
            Settings.TLS_CERT_FILE,
            Settings.TLS_KEY_FILE,
            Settings.TLS_VERIFY_HOSTNAME,
            Settings.TOPOLOGY,
            Settings.SENTINEL_MASTER,
            Settings.SENTINEL_USERNAME,
            Settings.SENTINEL_PASSWORD,
            Settings.SENTINEL_PASSWORD_FILE,
            Settings.ZONE,
            Settings.MANAGE_SERVER,
            Settings.LOCAL_MAX_MEMORY,
            Settings.MAX_STALENESS,
            Settings.COHERENCE_SAMPLE_INTERVAL,
            Settings.JOURNAL_FILE,
            Settings.ENCRYPTION_KEYS_FILE,
            Settings.COMPRESSION);

    private static final List<Setting<?>> ABOUT_TLS =
            List.of(Settings.TLS_CA_FILE, Settings.TLS_CERT_FILE, Settings.TLS_KEY_FILE, Settings.TLS_VERIFY_HOSTNAME);

    private static final List<Setting<?>> ABOUT_SENTINELS = List.of(
            Settings.SENTINEL_MASTER,
            Settings.SENTINEL_USERNAME,
            Settings.SENTINEL_PASSWORD,
            Settings.SENTINEL_PASSWORD_FILE);

    private static final List<Setting<String>> FILES = List.of(
            Settings.PASSWORD_FILE,
            Settings.SENTINEL_PASSWORD_FILE,
            Settings.TLS_CA_FILE,
            Settings.TLS_CERT_FILE,
            Settings.TLS_KEY_FILE,
            Settings.ENCRYPTION_KEYS_FILE,
            Settings.SERVER_TOKENS_FILE,
            Settings.SERVER_TLS_CERT_FILE,
            Settings.SERVER_TLS_KEY_FILE);

    private static final Map<String, String> NOT_LOCAL = Map.of(
            "allkeys-lru", "the local tier weighs recency together with frequency, which allkeys-lfu names",
            "allkeys-random", "the local tier never evicts at random",
            "volatile-lfu", "the local tier does not spare entries without expiry",
            "volatile-lru", "the local tier does not spare entries without expiry",
            "volatile-random", "the local tier does not spare entries without expiry",
            "volatile-ttl", "the local tier does not evict by remaining life");

    private SettingRules() {}

    /** Everything that is wrong with {@code values}, in words; empty when nothing is. */
    static List<String> problems(SettingValues values) {
        List<String> problems = new ArrayList<>();
        address(values, problems);
        credentials(values, problems);
        tls(values, problems);
        files(values, problems);
        memory(values, problems);
        pool(values, problems);
        topology(values, problems);
        return problems;
    }

    private static boolean hasRedis(SettingValues values) {
        return values.isSet(Settings.URL)
                || values.isSet(Settings.HOST)
                || differs(values, Settings.NODES)
                || differs(values, Settings.ZONES);
    }

    private static void address(SettingValues values, List<String> problems) {
        if (values.isSet(Settings.URL)) {
            for (Setting<?> setting : SAID_BY_URL) {
                if (values.isSet(setting)) {
                    refuse(
                            values,
                            setting,
                            "url (from " + values.origin(Settings.URL) + ") says it: remove one",
                            problems);
                }
            }
        }
        zones(values, problems);
        if (!hasRedis(values)) {
            for (Setting<?> setting : ABOUT_REDIS) {
                if (differs(values, setting)) {
                    refuse(
                            values,
                            setting,
                            "it is about Redis, and none of url, host, nodes and zones says where that is",
                            problems);
                }
            }
        }
    }

    private static void zones(SettingValues values, List<String> problems) {
        List<String> zones = Objects.requireNonNull(values.value(Settings.ZONES));
        String near = values.value(Settings.ZONE);
        if (zones.isEmpty()) {
            if (near != null) {
                refuse(values, Settings.ZONE, "it needs zones", problems);
            }
            return;
        }
        for (Setting<?> setting : SAID_BY_ZONES) {
            if (differs(values, setting)) {
                refuse(
                        values,
                        setting,
                        "zones (from " + values.origin(Settings.ZONES) + ") says it: remove one",
                        problems);
            }
        }
        List<String> names =
                zones.stream().map(ZoneUrl::parse).map(ZoneUrl::name).toList();
        if (near == null) {
            refuse(values, Settings.ZONES, "it needs zone, the name of the nearest", problems);
        } else if (!names.contains(near)) {
            refuse(
                    values,
                    Settings.ZONE,
                    "zones has no such name: expected one of " + String.join(", ", names),
                    problems);
        }
    }

    private static void credentials(SettingValues values, List<String> problems) {
        credentials(values, Settings.USERNAME, Settings.PASSWORD, Settings.PASSWORD_FILE, problems);
        credentials(
                values,
                Settings.SENTINEL_USERNAME,
                Settings.SENTINEL_PASSWORD,
                Settings.SENTINEL_PASSWORD_FILE,
                problems);
    }

    private static void credentials(
            SettingValues values,
            Setting<String> username,
            Setting<String> password,
            Setting<String> passwordFile,
            List<String> problems) {
        if (values.isSet(password) && values.isSet(passwordFile)) {
            refuse(
                    values,
                    passwordFile,
                    password.name() + " (from " + values.origin(password) + ") says it: remove one",
                    problems);
        }
        if (values.isSet(username) && !values.isSet(password) && !values.isSet(passwordFile)) {
            refuse(values, username, "it needs " + password.name() + " or " + passwordFile.name(), problems);
        }
    }

    private static void tls(SettingValues values, List<String> problems) {
        pair(values, Settings.TLS_CERT_FILE, Settings.TLS_KEY_FILE, problems);
        pair(values, Settings.TLS_KEY_FILE, Settings.TLS_CERT_FILE, problems);
        pair(values, Settings.SERVER_TLS_CERT_FILE, Settings.SERVER_TLS_KEY_FILE, problems);
        pair(values, Settings.SERVER_TLS_KEY_FILE, Settings.SERVER_TLS_CERT_FILE, problems);
        if (hasRedis(values) && !speaksTls(values)) {
            for (Setting<?> setting : ABOUT_TLS) {
                if (differs(values, setting)) {
                    refuse(
                            values,
                            setting,
                            "the connection is not encrypted: set tls = true, or a rediss:// url",
                            problems);
                }
            }
        }
    }

    private static boolean speaksTls(SettingValues values) {
        String url = values.value(Settings.URL);
        List<String> zones = Objects.requireNonNull(values.value(Settings.ZONES));
        if (!zones.isEmpty()) {
            return zones.stream()
                    .map(ZoneUrl::parse)
                    .anyMatch(zone -> RedisUrl.parse(zone.url()).tls());
        }
        return url == null
                ? Boolean.TRUE.equals(values.value(Settings.TLS))
                : RedisUrl.parse(url).tls();
    }

    private static void pair(SettingValues values, Setting<?> one, Setting<?> other, List<String> problems) {
        if (values.isSet(one) && !values.isSet(other)) {
            refuse(values, one, "it needs " + other.name(), problems);
        }
    }

    private static void files(SettingValues values, List<String> problems) {
        for (Setting<String> setting : FILES) {
            String path = values.value(setting);
            if (path != null && !isReadableFile(path)) {
                refuse(values, setting, "there is no such readable file", problems);
            }
        }
    }

    private static boolean isReadableFile(String path) {
        Path file = Path.of(path);
        // not "is a regular file": secrets are also handed over through pipes
        return Files.isReadable(file) && !Files.isDirectory(file);
    }

    private static void memory(SettingValues values, List<String> problems) {
        String policy = values.value(Settings.MAX_MEMORY_POLICY);
        String reason = policy == null || hasRedis(values) ? null : NOT_LOCAL.get(policy);
        if (reason != null) {
            String accepted = String.join(
                    " and ",
                    Arrays.stream(MaxMemoryPolicy.values())
                            .map(MaxMemoryPolicy::configName)
                            .toList());
            refuse(
                    values,
                    Settings.MAX_MEMORY_POLICY,
                    reason + "; without Redis, " + accepted + " are accepted",
                    problems);
        }
        if (Boolean.TRUE.equals(values.value(Settings.MANAGE_SERVER))
                && !values.isSet(Settings.MAX_MEMORY)
                && !values.isSet(Settings.MAX_MEMORY_POLICY)) {
            refuse(
                    values,
                    Settings.MANAGE_SERVER,
                    "it needs maxMemory or maxMemoryPolicy, which it would set",
                    problems);
        }
    }

    private static void pool(SettingValues values, List<String> problems) {
        int kept = Objects.requireNonNull(values.value(Settings.MIN_IDLE_CONNS));
        int most = Objects.requireNonNull(values.value(Settings.POOL_SIZE));
        if (kept > most) {
            refuse(
                    values,
                    Settings.MIN_IDLE_CONNS,
                    "it is more than " + values.statement(Settings.POOL_SIZE),
                    problems);
        }
    }

    private static void topology(SettingValues values, List<String> problems) {
        if ("cluster".equals(values.value(Settings.TOPOLOGY))) {
            if (differs(values, Settings.DB)) {
                refuse(values, Settings.DB, "a Cluster has only database 0", problems);
            }
            String url = values.value(Settings.URL);
            if (url != null && RedisUrl.parse(url).db() != 0) {
                refuse(values, Settings.URL, "a Cluster has only database 0", problems);
            }
        }
        sentinels(values, problems);
        nodes(values, problems);
    }

    private static void sentinels(SettingValues values, List<String> problems) {
        String topology = values.value(Settings.TOPOLOGY);
        boolean wanted =
                "sentinel".equals(topology) || ("auto".equals(topology) && values.isSet(Settings.SENTINEL_MASTER));
        if (wanted && !values.isSet(Settings.SENTINEL_MASTER)) {
            refuse(values, Settings.TOPOLOGY, "it needs sentinelMaster, the name in 'sentinel monitor'", problems);
        }
        for (Setting<?> setting : ABOUT_SENTINELS) {
            if (!wanted && values.isSet(setting)) {
                refuse(
                        values,
                        setting,
                        "it is about Sentinels, and " + values.statement(Settings.TOPOLOGY) + " with sentinelMaster "
                                + (values.isSet(Settings.SENTINEL_MASTER) ? "set" : "not set") + " asks none",
                        problems);
            }
        }
    }

    private static void nodes(SettingValues values, List<String> problems) {
        List<String> nodes = Objects.requireNonNull(values.value(Settings.NODES));
        String topology = values.value(Settings.TOPOLOGY);
        boolean weighed = nodes.stream().anyMatch(node -> node.indexOf('*') >= 0);
        if (weighed && !"shards".equals(topology)) {
            refuse(values, Settings.NODES, "weights are for topology = shards", problems);
        }
        boolean several = nodes.size() + (values.isSet(Settings.URL) || values.isSet(Settings.HOST) ? 1 : 0) > 1;
        if (several && "standalone".equals(topology)) {
            refuse(values, Settings.NODES, "topology = standalone is one server", problems);
        }
    }

    private static boolean differs(SettingValues values, Setting<?> setting) {
        return !Objects.equals(values.value(setting), setting.defaultValue());
    }

    private static void refuse(SettingValues values, Setting<?> setting, String reason, List<String> problems) {
        problems.add(Problems.refused(values.statement(setting), reason));
    }
}
