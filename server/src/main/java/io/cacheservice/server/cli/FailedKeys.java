package io.cacheservice.server.cli;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tells of the keys that the server could not do what was asked with. */
final class FailedKeys {
    private static final int TOLD = 20;

    private FailedKeys() {}

    /**
     * Names the first twenty.
     *
     * @param errors as in the server's answer
     * @param failed how many failed in all
     */
    static void tell(PrintStream err, List<JsonNode> errors, long failed) {
        List<JsonNode> told = errors.subList(0, Math.min(TOLD, errors.size()));
        for (JsonNode error : told) {
            err.println("cache-service: " + Terminal.shown(error.path("key").asString("")) + ": "
                    + error.path("title").asString("") + ": "
                    + error.path("detail").asString(""));
        }
        if (failed > told.size()) {
            err.println("cache-service: and " + (failed - told.size()) + " more; --json names "
                    + (failed == errors.size() ? "them all" : "the first " + errors.size()));
        }
    }
}
