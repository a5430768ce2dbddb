package io.cacheservice.server.demo;

import java.io.PrintStream;
import java.util.List;

/** Where the demo is shown: a terminal, on which each moment takes the place of the last, or a stream of lines. For one thread. */
final class Screen {
    private static final String LINE_UP = "\u001b[1A";
    private static final String REST_OF_LINE_AWAY = "\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private int shown;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line that stays. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    void show(Moment moment) {
        if (!terminal) {
            say(PlainLine.of(moment));
            return;
        }
        StringBuilder frame = new StringBuilder(LINE_UP.repeat(shown));
        List<String> lines = LiveView.lines(moment);
        if (shown == 0) {
            frame.append('\n');
        }
        lines.forEach(line -> frame.append(line).append(REST_OF_LINE_AWAY).append('\n'));
        shown = lines.size();
        out.print(frame);
        out.flush();
    }

    /** The last that is said. */
    void end(List<String> lines) {
        say("");
        lines.forEach(this::say);
    }
}
