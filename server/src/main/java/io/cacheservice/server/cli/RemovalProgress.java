package io.cacheservice.server.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * How far a removal by prefix is: a line that changes where somebody looks on, else one for every ten thousand keys. How many
 * there are in all nobody knows before the end.
 */
final class RemovalProgress {
    private static final long TOLD_EVERY = 10_000;

    private final PrintStream err;
    private final boolean terminal;
    private JsonNode last = MissingNode.getInstance();
    private long told;

    RemovalProgress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Takes the next line of the server's answer. */
    void add(JsonNode line) {
        last = line;
        if (!line.has("done")) {
            return;
        }
        if (terminal) {
            err.print("\r" + counts());
            err.flush();
        } else if (line.path("done").asLong() / TOLD_EVERY > told) {
            told = line.path("done").asLong() / TOLD_EVERY;
            err.println(counts());
        }
    }

    /**
     * Ends the line and tells what failed.
     *
     * @throws CommandFailure when the removal ended early
     */
    void end() {
        if (terminal) {
            err.println();
        }
        @Nullable JsonNode problem = last.get("problem");
        if (problem != null) {
            throw CacheClient.refusal(problem.path("status").asInt(), problem);
        }
        if (!last.has("errors")) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "the answer ended before the removal did: what was removed so far is");
        }
        List<JsonNode> errors = new ArrayList<>();
        last.path("errors").forEach(errors::add);
        FailedKeys.tell(err, errors, last.path("failed").asLong());
        for (JsonNode part : last.path("unlisted")) {
            err.println("cache-service: not all keys of " + part.path("node").asString("a server") + " were looked at: "
                    + part.path("why").asString(""));
        }
    }

    /** What the server answered at the end. */
    JsonNode answer() {
        return last;
    }

    /** The same for people. */
    String counts() {
        return String.format(
                Locale.ROOT,
                "%d removed, %d queued, %d failed",
                last.path("removed").asLong(),
                last.path("queued").asLong(),
                last.path("failed").asLong());
    }

    /** What the command ends with. */
    int exitCode() {
        if (last.path("failed").asLong() > 0) {
            return ExitCode.REFUSED;
        }
        return last.path("unlisted").isEmpty() ? ExitCode.OK : ExitCode.UNREACHABLE;
    }
}
