package io.cacheservice.examples.cities;

import java.io.PrintStream;

/** Prints one line for each step, which grows by a figure at every tenth of the records. For one thread. */
final class Progress {
    private final PrintStream out;
    private long total;
    private long done;
    private long tenthsShown;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Begins a step of {@code records}, at least one. */
    void begin(String step, long records) {
        total = records;
        done = 0;
        tenthsShown = 0;
        out.printf("%-28s", step);
        out.flush();
    }

    void advance(long records) {
        done += records;
        for (; tenthsShown < done * 10 / total; tenthsShown++) {
            out.print(" " + (tenthsShown + 1) * 10 + " %");
        }
        if (done == total) {
            out.println();
        }
        out.flush();
    }
}
