package io.cacheservice.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code keys}: the keys that begin with a prefix, one on each line. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints the keys that begin with a prefix, one on each line, in no order.",
            "Exit code 3: a server's keys could not be listed; standard error says which."
        })
final class KeysCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Option(names = "--prefix", paramLabel = "PREFIX", required = true, description = "Give it empty for all keys.")
    private String prefix = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Stops after so many keys (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Prints keys, complete and unlisted as one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit = " + limit + " is refused: expected 1 or more");
        }
        PrintWriter out = spec.commandLine().getOut();
        Set<String> keys = new LinkedHashSet<>();
        List<JsonNode> unlisted = new ArrayList<>();
        boolean more = list(keys, unlisted, key -> {
            if (!json) {
                out.println(Terminal.shown(key));
            }
        });
        out.flush();
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("keys", keys);
            answer.put("complete", !more && unlisted.isEmpty());
            answer.put("unlisted", unlisted);
            Output.json(answer);
        }
        return end(more, unlisted);
    }

    /** Whom a new key is told. */
    private interface Seen {
        void key(String key);
    }

    /** Asks page after page; answers whether there is more than the limit allows. */
    private boolean list(Set<String> keys, List<JsonNode> unlisted, Seen seen) {
        CacheClient client = remote.client();
        String target = "/v1/keys?prefix=" + CacheClient.encoded(Arguments.readable("--prefix", prefix));
        @Nullable String cursor = null;
        do {
            JsonNode page = client.read(cursor == null ? target : target + "&cursor=" + CacheClient.encoded(cursor));
            page.path("unlisted").forEach(unlisted::add);
            for (JsonNode node : page.path("keys")) {
                String key = node.asString();
                if (keys.size() == limit && !keys.contains(key)) {
                    return true;
                }
                if (keys.add(key)) {
                    seen.key(key);
                }
            }
            cursor = page.has("cursor") ? page.path("cursor").asString() : null;
        } while (cursor != null);
        return false;
    }

    private int end(boolean more, List<JsonNode> unlisted) {
        PrintWriter err = spec.commandLine().getErr();
        if (more) {
            err.println("cache-service: there are more keys than --limit " + limit);
        }
        for (JsonNode part : unlisted) {
            err.println("cache-service: not all keys of " + part.path("node").asString("a server") + " are listed: "
                    + part.path("why").asString(""));
        }
        err.flush();
        int written = Output.done();
        return unlisted.isEmpty() ? written : ExitCode.UNREACHABLE;
    }
}
