package io.cacheservice.server.cli;

import java.util.function.Consumer;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which keys {@code delete --prefix} removes, and how fast. */
final class PrefixOptions {
    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            required = true,
            description = "Removes every key that begins so; nothing in it is a pattern.")
    private String prefix = "";

    @Option(
            names = "--rate",
            paramLabel = "KEYS",
            description = "Keys in a second at most, with --prefix; ${DEFAULT-VALUE} if not said, 0 for no bound.")
    private double rate = 1_000;

    @Option(names = "--every-key", description = "That --prefix is empty, so that every key is removed, is meant.")
    private boolean everyKey;

    /** Has the server remove them, and tells {@code line} what it says meanwhile. */
    void remove(CacheClient client, Consumer<JsonNode> line) {
        if (prefix.isEmpty() && !everyKey) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the empty --prefix is refused: every key begins with it; add --every-key where that is meant");
        }
        client.deleteInLines(
                "/v1/keys?prefix=" + CacheClient.encoded(Arguments.readable("--prefix", prefix)) + "&keysPerSecond="
                        + rate + "&everyKey=" + everyKey,
                line);
    }
}
