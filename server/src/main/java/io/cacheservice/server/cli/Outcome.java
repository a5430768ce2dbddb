package io.cacheservice.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a write came to, as JSON. */
final class Outcome {
    private Outcome() {}

    /** Prints it and ends the command; {@code done} names what 204 stands for. */
    static int print(String key, int status, String done) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("key", key);
        outcome.put(
                "outcome",
                switch (status) {
                    case 201 -> "created";
                    case 202 -> "queued";
                    default -> done;
                });
        Output.json(outcome);
        return Output.done();
    }
}
