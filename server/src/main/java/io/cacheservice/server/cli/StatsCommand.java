package io.cacheservice.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code stats}: what the server has done, for people or as JSON. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints what the server has done since it started.")
final class StatsCommand implements Callable<Integer> {
    private static final int HEADER_EVERY = 20;
    private static final Pattern INTERVAL = Pattern.compile("([1-9]\\d{0,4})(ms|s|m)");

    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Option(names = "--json", description = "Prints everything, as the JSON of /v1/stats.")
    private boolean json;

    @Option(names = "--watch", description = "Prints what happens in each second, again and again.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "2s",
            description = "With --watch: how often, such as 500ms, 2s or 1m (${DEFAULT-VALUE}).")
    private String interval = "";

    @Option(names = "--count", paramLabel = "N", description = "With --watch: ends after so many lines.")
    private long count;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (watch) {
            return watch();
        }
        JsonNode stats = remote.client().read("/v1/stats");
        if (json) {
            Output.json(stats);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            print(stats, out);
            if (!stats.path("connections").isEmpty()) {
                line(out, "leases", leases(stats.path("loads")));
                CoherenceText.lines(remote.client().read("/v1/coherence"))
                        .forEach((name, text) -> line(out, name, text));
            }
            out.flush();
        }
        return Output.done();
    }

    /** A line for each interval, until the count is reached, the reader leaves or the program is ended. */
    private int watch() throws InterruptedException {
        long intervalNanos = intervalNanos();
        CacheClient client = remote.client();
        PrintWriter out = spec.commandLine().getOut();
        JsonNode before = client.read("/v1/stats");
        long beforeNanos = System.nanoTime();
        for (long i = 0; count == 0 || i < count; i++) {
            TimeUnit.NANOSECONDS.sleep(intervalNanos);
            JsonNode now = client.read("/v1/stats");
            long nowNanos = System.nanoTime();
            Map<String, Object> rates = StatsRates.between(before, now, (nowNanos - beforeNanos) / 1e9);
            if (json) {
                Output.json(rates);
            } else {
                if (i == 0 || (i % HEADER_EVERY == 0 && Terminal.isThere())) {
                    out.println(StatsRates.header());
                }
                out.println(StatsRates.line(rates));
                out.flush();
            }
            Output.done();
            before = now;
            beforeNanos = nowNanos;
        }
        return ExitCode.OK;
    }

    private long intervalNanos() {
        Matcher m = INTERVAL.matcher(interval);
        if (!m.matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--interval = '" + interval + "' is refused: expected 1ms to 99999m, such as 500ms, 2s or 1m");
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ms" -> TimeUnit.MILLISECONDS.toNanos(n);
            case "s" -> TimeUnit.SECONDS.toNanos(n);
            default -> TimeUnit.MINUTES.toNanos(n);
        };
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
        JsonNode loads = stats.path("loads");
        line(
                out,
                "loads",
                count(stats, "loadSuccesses") + " answered, " + count(stats, "loadFailures") + " failed, "
                        + count(loads, "joined") + " joined");
        line(out, "results", results(loads));
        line(out, "refreshes", refreshes(loads));
        line(out, "stale", stale(loads.path("stale")));
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
    }

    private static String refreshes(JsonNode loads) {
        String counts = count(loads, "refreshes") + " begun, " + count(loads, "refreshesLeft") + " left to others, "
                + count(loads, "refreshesShed") + " left out, " + count(loads, "refreshesWasted") + " wasted";
        JsonNode lead = loads.path("refreshLead");
        return lead.path("samples").asLong(0) == 0
                ? counts
                : counts + ", half of them at least " + count(lead, "p50Millis") + " ms before the end";
    }

    private static String stale(JsonNode stale) {
        return count(stale, "stale_on_error") + " on error, " + count(stale, "stale_while_loading") + " while loading";
    }

    private static String leases(JsonNode loads) {
        return count(loads, "leasesGranted") + " granted, " + count(loads, "leasesHeld") + " held by others, "
                + count(loads, "leasesRefused") + " refused";
    }

    private static String results(JsonNode loads) {
        return count(loads, "fillsRefused") + " not stored, " + count(loads, "duplicates") + " of them duplicates";
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
