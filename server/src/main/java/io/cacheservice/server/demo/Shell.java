package io.cacheservice.server.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the demo starts its processes. Ctrl-C reaches everything that a terminal started, and would end what has yet to say how it
 * went; so they are deaf to it. They end when their standard input does, which the demo holds: that tells them of its end
 * however it came.
 */
final class Shell {
    private static final String DEAF = "trap '' INT HUP TERM; ";

    /** For who reads its standard input itself. */
    private static final String REPLACED = DEAF + "exec \"$@\"";

    /** For Redis, which does not, and which listens to Ctrl-C whatever it was told, unless it has a session of its own. */
    private static final String GUARDED = DEAF
            + "if command -v setsid >/dev/null 2>&1; then set -- setsid \"$@\"; fi\n"
            + "\"$@\" </dev/null &\n"
            + "cat >/dev/null\n"
            + "kill -9 $! 2>/dev/null\n"
            + "wait\n";

    private static final String REMOVED_LATER = DEAF + "cat >/dev/null; rm -rf \"$1\"";

    private Shell() {}

    /** {@code command}, which ends with its standard input. */
    static List<String> replacedBy(List<String> command) {
        return Stream.concat(Stream.of("sh", "-c", REPLACED, "sh"), command.stream())
                .toList();
    }

    /** A shell that starts {@code command}, and kills it when its own standard input ends. */
    static List<String> guarding(List<String> command) {
        return Stream.concat(Stream.of("sh", "-c", GUARDED, "sh"), command.stream())
                .toList();
    }

    /** A shell that removes {@code folder} when its standard input ends. */
    static List<String> removingLater(String folder) {
        return List.of("sh", "-c", REMOVED_LATER, "sh", folder);
    }
}
