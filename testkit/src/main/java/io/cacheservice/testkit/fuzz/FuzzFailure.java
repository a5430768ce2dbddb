package io.cacheservice.testkit.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What must not have happened.
 *
 * @param index of the input; -1: found when the target was closed
 * @param input the beginning of what was made, printable
 * @param what happened
 */
public record FuzzFailure(long index, String input, Throwable what) {
    private static final int MOST_LINES = 12;

    /** What is the same in all failures of one kind: the type, and the line of the program that it comes from. */
    String kind() {
        for (StackTraceElement frame : what.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return what.getClass().getName() + " at " + frame;
            }
        }
        return what.getClass().getName();
    }

    /** The failure in some lines, the input and the beginning of the stack trace among them. */
    public String text() {
        StringWriter trace = new StringWriter();
        what.printStackTrace(new PrintWriter(trace));
        StringBuilder text = new StringBuilder("input " + index + ": " + input);
        trace.toString()
                .lines()
                .limit(MOST_LINES)
                .forEach(line -> text.append("\n    ").append(line));
        return text.toString();
    }
}
