package io.cacheservice.internal.config;

import java.util.List;

/** How errors of configuration are worded. */
final class Problems {
    private static final int LONGEST_VALUE = 200;

    private Problems() {}

    static String statement(String name, String value, String origin) {
        return oneLine(name) + " = " + oneLine(value) + " (from " + oneLine(origin) + ")";
    }

    static String refused(String statement, String reason) {
        return statement + " is refused: " + reason;
    }

    /** One problem as it is, several as a list; {@code untold} more are counted only. */
    static String message(List<String> problems, int untold) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        return problems.size() + untold + " problems in the configuration:\n  " + String.join("\n  ", problems)
                + (untold == 0 ? "" : "\n  and " + untold + " more");
    }

    /** {@code text} without control characters, which would forge lines of a log, and not endless. */
    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
    }
}
