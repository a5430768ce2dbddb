package io.cacheservice.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Tells in words what {@code /v1/coherence} says. */
final class CoherenceText {
    private CoherenceText() {}

    /** A text for each of a few names. */
    static Map<String, String> lines(JsonNode coherence) {
        Map<String, String> lines = new LinkedHashMap<>();
        if (coherence.path("maxStalenessMillis").asLong(0) > 0) {
            lines.put("coherence", nines(coherence));
            lines.put("push lag", pushLag(coherence));
            lines.put("vouched for", vouching(coherence.path("connections")));
        }
        return lines;
    }

    private static String nines(JsonNode coherence) {
        JsonNode samples = coherence.path("samples");
        if (samples.path("compared").asLong(0) == 0) {
            return "no local copy was compared with Redis yet";
        }
        return String.format(
                Locale.ROOT,
                "%.1f nines within %d ms, %.1f within 0; of %d compared %d stale, %d too long",
                coherence.path("ninesWithinMaxStaleness").asDouble(0),
                coherence.path("maxStalenessMillis").asLong(0),
                coherence.path("ninesWithinZero").asDouble(0),
                samples.path("compared").asLong(0),
                samples.path("stale").asLong(0),
                samples.path("violations").asLong(0));
    }

    private static String pushLag(JsonNode coherence) {
        JsonNode lag = coherence.path("pushLag");
        long unheard = coherence.path("pushesUnheard").asLong(0);
        if (lag.path("samples").asLong(0) == 0) {
            return "not measured; " + unheard + " unheard";
        }
        return String.format(
                Locale.ROOT,
                "p50 %s, p99 %s, longest %s; %d unheard",
                millis(lag, "p50Nanos"),
                millis(lag, "p99Nanos"),
                millis(lag, "maxNanos"),
                unheard);
    }

    private static String millis(JsonNode latency, String name) {
        return String.format(Locale.ROOT, "%.2f ms", latency.path(name).asLong(0) / 1e6);
    }

    /** How many connections vouch for local copies, and why the others do not. */
    private static String vouching(JsonNode connections) {
        int vouching = 0;
        List<String> others = new ArrayList<>();
        for (JsonNode connection : connections) {
            if (connection.has("heardAgeNanos")) {
                vouching++;
            } else {
                others.add(connection.path("name").asString("") + ": "
                        + connection.path("doubt").asString(""));
            }
        }
        String count = "by " + vouching + " of " + (vouching + others.size()) + " connections";
        return others.isEmpty() ? count : count + "; " + String.join("; ", others);
    }
}
