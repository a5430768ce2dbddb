package io.cacheservice.examples.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The library, step by step. */
final class GettingStarted {
    private GettingStarted() {}

    static List<String> bytes() {
        // region open
        CacheConfig config = CacheConfig.builder()
                .maxMemory(64 << 20)
                .defaultTtl(Duration.ofMinutes(10))
                .build();
        CacheService service = CacheService.open(config); // one for a program; close() ends it
        service.set("greeting", "hello".getBytes(UTF_8));
        byte[] greeting = service.get("greeting"); // null when absent
        // endregion
        try (service) {
            String greeted = greeting == null ? "absent" : new String(greeting, UTF_8);
            String page = cacheAside(service);
            return List.of(greeted, page, batches(service), atomics(service), whereFrom(service));
        }
    }

    private static String cacheAside(CacheService service) {
        // region cache-aside
        byte[] page = service.get("page:/home", Duration.ofSeconds(30), key -> render(key));
        // endregion
        return page == null ? "absent" : new String(page, UTF_8);
    }

    private static byte[] render(String key) {
        return ("<h1>" + key + "</h1>").getBytes(UTF_8);
    }

    private static String batches(CacheService service) {
        // region batches
        service.setAll(Map.of("a", new byte[] {1}, "b", new byte[] {2}), Duration.ofMinutes(1));
        Map<String, byte[]> found = service.getAll(List.of("a", "b", "c")); // without "c"
        // endregion
        return String.join(",", found.keySet());
    }

    private static String atomics(CacheService service) {
        // region atomics
        boolean first = service.setIfAbsent("job:42", "worker-1".getBytes(UTF_8), Duration.ofMinutes(5));
        long calls = service.increment("calls:ann", 1, Duration.ofMinutes(1));
        byte[] token = service.getAndDelete("token:7"); // null: used already, or never given out
        service.set("settings", new byte[] {1}, EntryOptions.noExpiry());
        // endregion
        return first + " " + calls + " " + (token == null);
    }

    private static String whereFrom(CacheService service) {
        // region lookup
        Lookup<byte[]> lookup = service.lookup("greeting");
        String told = lookup.tier() + " " + lookup.reason(); // LOCAL FOUND
        // endregion
        return told;
    }

    static String overRedis(String url) {
        try (CacheService service =
                CacheService.open(redis().toBuilder().url(url).build())) {
            return cacheAside(service) + " " + batches(service) + " " + atomics(service);
        }
    }

    static CacheConfig redis() {
        // region redis
        CacheConfig config = CacheConfig.builder()
                .url("redis://127.0.0.1:6379")
                .keyPrefix("orders:")
                .readTimeout(Duration.ofMillis(50))
                .build();
        // endregion
        return config;
    }
}
