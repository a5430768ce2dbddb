package io.cacheservice;

import io.cacheservice.internal.config.Setting;
import io.cacheservice.internal.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For every setting, an allowed text that is not its default. */
final class SettingSamples {
    private static final Map<String, String> TEXTS = new HashMap<>();

    static {
        TEXTS.put("url", "rediss://app:hunter2@cache.example:6380/2");
        TEXTS.put("host", "cache.example");
        TEXTS.put("port", "6380");
        TEXTS.put("username", "app");
        TEXTS.put("password", "hunter2");
        TEXTS.put("passwordFile", file());
        TEXTS.put("db", "2");
        TEXTS.put("tls", "true");
        TEXTS.put("tlsCaFile", file());
        TEXTS.put("tlsCertFile", file());
        TEXTS.put("tlsKeyFile", file());
        TEXTS.put("tlsVerifyHostname", "false");
        TEXTS.put("topology", "cluster");
        TEXTS.put("nodes", "a:7000,b:7000");
        TEXTS.put("sentinelMaster", "main");
        TEXTS.put("sentinelUsername", "watcher");
        TEXTS.put("sentinelPassword", "hunter2");
        TEXTS.put("sentinelPasswordFile", file());
        TEXTS.put("zones", "a=redis://a.example:6379,b=rediss://app:hunter2@b.example:6380/2");
        TEXTS.put("zone", "b");
        TEXTS.put("clientName", "orders");
        TEXTS.put("keyPrefix", "orders:");
        TEXTS.put("defaultTtl", "5m");
        TEXTS.put("maxMemory", "64mb");
        TEXTS.put("maxMemoryPolicy", "noeviction");
        TEXTS.put("manageServer", "true");
        TEXTS.put("localMaxMemory", "32mb");
        TEXTS.put("heapPressure", "0.7");
        TEXTS.put("poolSize", "4");
        TEXTS.put("minIdleConns", "0");
        TEXTS.put("connectTimeout", "3s");
        TEXTS.put("readTimeout", "70ms");
        TEXTS.put("writeTimeout", "90ms");
        TEXTS.put("maxPending", "500");
        TEXTS.put("breakerPause", "2s");
        TEXTS.put("journalSize", "1000");
        TEXTS.put("journalFile", "invalidations.journal");
        TEXTS.put("clearOldData", "false");
        TEXTS.put("refreshInterval", "10s");
        TEXTS.put("refreshProb", "0.5");
        TEXTS.put("ttlThreshold", "20s");
        TEXTS.put("maxStaleness", "500ms");
        TEXTS.put("coherenceSampleInterval", "5s");
        TEXTS.put("maxKeyBytes", "1kb");
        TEXTS.put("maxValueBytes", "1mb");
        TEXTS.put("encryptionKeysFile", file());
        TEXTS.put("compression", "none");
        TEXTS.put("server.port", "7071");
        TEXTS.put("server.bind", "0.0.0.0");
        TEXTS.put("server.tokens", "hunter2hunter2hunter2");
        TEXTS.put("server.tokensFile", file());
        TEXTS.put("server.tlsCertFile", file());
        TEXTS.put("server.tlsKeyFile", file());
        TEXTS.put("server.requireRedis", "true");
    }

    private SettingSamples() {}

    static String text(Setting<?> setting) {
        String text = TEXTS.get(setting.name());
        if (text == null) {
            throw new AssertionError("no sample for " + setting.name());
        }
        return text;
    }

    static <T> T value(Setting<T> setting) {
        return setting.type().parse(text(setting));
    }

    /** A builder on which {@code setting} may be set alone: it has what the setting needs beside it. */
    static CacheConfig.Builder builderFor(Setting<?> setting) {
        CacheConfig.Builder builder = CacheConfig.builder();
        String name = setting.name();
        if (!name.equals("url") && !name.equals("host") && !name.startsWith("zone")) {
            builder.host("localhost");
        }
        if (name.startsWith("tls")) {
            builder.tls(true);
        }
        switch (name) {
            case "tlsCertFile" -> builder.tlsKeyFile(file());
            case "tlsKeyFile" -> builder.tlsCertFile(file());
            case "server.tlsCertFile" -> builder.serverTlsKeyFile(file());
            case "server.tlsKeyFile" -> builder.serverTlsCertFile(file());
            case "username" -> builder.password("hunter2");
            case "sentinelPassword", "sentinelPasswordFile" -> builder.sentinelMaster("main");
            case "sentinelUsername" -> builder.sentinelMaster("main").sentinelPassword("hunter2");
            case "zones" -> builder.zone("b");
            case "zone" -> builder.zones(List.of("a=redis://a.example", "b=redis://b.example"));
            case "manageServer" -> builder.maxMemory(64 << 20);
            default -> {}
        }
        return builder;
    }

    static List<Setting<?>> buildable() {
        return List.copyOf(Settings.all());
    }

    private static String file() {
        try {
            Path file = Files.createTempFile("sample", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "hunter2\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
