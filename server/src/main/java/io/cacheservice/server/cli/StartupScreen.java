package io.cacheservice.server.cli;

import io.cacheservice.CacheConfig;
import io.cacheservice.server.http.ListenAddress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what runs where when the program has started: one fact a line, no secrets. */
final class StartupScreen {
    private StartupScreen() {}

    /**
     * The facts about a server that listens on {@code port}.
     *
     * @param sources a line for each
     */
    static List<String> lines(CacheConfig config, ListenAddress address, int port, List<String> sources) {
        String url = address.url(port);
        List<String> lines = new ArrayList<>();
        lines.add(line("Cache Service", Version.text() + ", Java " + Runtime.version()));
        lines.add(line(
                "Process",
                ProcessHandle.current().pid() + ", heap up to "
                        + Bytes.text(Runtime.getRuntime().maxMemory())));
        lines.add(
                line("Listening", url + (address.loopback() ? ", for this machine only" : ", for other machines too")));
        lines.add(line("Access", access(config, address)));
        if (address.exposed()) {
            lines.add(line(
                    "Warning",
                    "tokens and values travel unencrypted: set server.tlsCertFile and server.tlsKeyFile, or put a proxy"
                            + " with TLS in front"));
        }
        lines.add(line("Tier", tier(config)));
        sources.forEach(source -> lines.add(line("Source", source)));
        lines.add(line("Metrics", url + "/metrics"));
        lines.add(line("Health", url + "/healthz and /readyz"));
        lines.addAll(settings(config));
        return lines;
    }

    static void print(PrintStream out, String name, String fact) {
        out.println(line(name, fact));
        out.flush();
    }

    private static String zones(CacheConfig config) {
        return config.zone()
                .map(near -> "zones " + String.join(", ", config.zoneNames()) + ", of which " + near + " is near: ")
                .orElse("");
    }

    private static String tier(CacheConfig config) {
        if (config.hasRedis()) {
            return zones(config) + "Redis at "
                    + config.redis().map(Object::toString).orElseGet(() -> String.join(", ", config.nodes()))
                    + ", keys begin with " + config.keyPrefix();
        }
        return "local: the memory of this process, up to "
                + config.maxMemory()
                        .map(Bytes::text)
                        .orElseGet(() -> Bytes.text(Runtime.getRuntime().maxMemory() / 4) + ", a quarter of the heap");
    }

    private static String access(CacheConfig config, ListenAddress address) {
        int tokens = config.serverTokens().size();
        String file = config.serverTokensFile().map(path -> "those in " + path).orElse("");
        if (tokens > 0 || !file.isEmpty()) {
            String all = tokens == 0 ? "" : tokens + (tokens == 1 ? " is known" : " are known") + " for everything";
            return "with a bearer token; " + all + (all.isEmpty() || file.isEmpty() ? "" : ", and ") + file;
        }
        return address.loopback()
                ? "everyone on this machine, without a token"
                : "EVERYONE who can reach it, without a token (--insecure)";
    }

    private static List<String> settings(CacheConfig config) {
        Map<String, String> values = config.values();
        List<String> lines = new ArrayList<>();
        config.origins()
                .forEach((name, origin) ->
                        lines.add(line("Setting", name + " = " + values.get(name) + ", from " + origin)));
        return lines.isEmpty() ? List.of(line("Settings", "all at their defaults")) : lines;
    }

    private static String line(String name, String fact) {
        return String.format(Locale.ROOT, "%-15s%s", name, fact);
    }
}
