package io.cacheservice.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code stats}: what the server has done, for people or as JSON. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints what the server has done since it started.")
final class StatsCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Option(names = "--json", description = "Prints everything, as the JSON of /v1/stats.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        byte[] body =
                remote.client().send("/v1/stats", HttpRequest.Builder::GET).body();
        if (json) {
            System.out.write(body);
            System.out.println();
        } else {
            print(parsed(body), spec.commandLine().getOut());
        }
        return Output.done();
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "the answer is not JSON: what listens there is no cache-service", e);
        }
    }

    private static void print(JsonNode stats, PrintWriter out) {
        JsonNode hits = stats.path("hits");
        JsonNode evictions = stats.path("evictions");
        line(out, "hits", count(hits, "local") + " local, " + count(hits, "remote") + " Redis");
        line(out, "misses", count(stats, "misses"));
        line(
                out,
                "hit ratio",
                String.format(
                        Locale.ROOT, "%.1f %%", 100 * stats.path("hitRatio").asDouble(0)));
        line(out, "writes", count(stats, "puts") + " stored, " + count(stats, "removals") + " removed");
        line(out, "evictions", count(evictions, "expired") + " expired, " + count(evictions, "size") + " for room");
        line(out, "local tier", localTier(stats));
        long errors = 0;
        for (JsonNode number : stats.path("errors")) {
            errors += number.asLong(0);
        }
        line(out, "errors", Long.toString(errors));
        for (JsonNode connection : stats.path("connections")) {
            String name = connection.path("name").asString("");
            line(out, "connection", name + " " + connection.path("state").asString(""));
        }
        out.flush();
    }

    private static String localTier(JsonNode stats) {
        return count(stats, "localEntries") + " entries, "
                + Bytes.text(stats.path("localBytes").asLong(0)) + " of "
                + Bytes.text(stats.path("localMaxBytes").asLong(0));
    }

    private static String count(JsonNode object, String name) {
        return Long.toString(object.path(name).asLong(0));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf(Locale.ROOT, "%-12s%s%n", name, value);
    }
}
