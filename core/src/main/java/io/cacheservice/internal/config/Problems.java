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

    /** One problem as it is, several as a list. */
    static String message(List<String> problems) {
        return problems.size() == 1
                ? problems.get(0)
                : problems.size() + " problems in the configuration:\n  " + String.join("\n  ", problems);
    }

    /** {@code text} without control characters, which would forge lines of a log, and not endless. */
    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
    }
}
