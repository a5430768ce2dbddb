package io.cacheservice.benchmarks.harness;

import java.io.PrintStream;
import java.time.Duration;

/** Tells a waiting person how far a run is: in place on a terminal, else a line a round. */
public final class Progress {
    private final PrintStream out;
    private final boolean terminal;
    private Plan plan = new Plan(0, 0, Duration.ZERO);
    private int slicesPerRound;
    private int done;
    private int lastRound = -1;
    private long startNanos;

    /** Writes to {@code out}, over the same line again when it is a terminal. */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void begin(Plan plan, int slicesPerRound) {
        this.plan = plan;
        this.slicesPerRound = slicesPerRound;
        done = 0;
        lastRound = -1;
        startNanos = System.nanoTime();
    }

    void slice(int round, String caseName, String subject) {
        boolean newRound = round != lastRound;
        lastRound = round;
        if (terminal) {
            out.print("\r\033[K" + line(round) + " · " + caseName + "/" + subject);
            out.flush();
        } else if (newRound) {
            out.println(line(round));
        }
        done++;
    }

    void end() {
        if (terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    private String line(int round) {
        String which = round < plan.warmUpRounds()
                ? "warm-up round " + (round + 1) + " of " + plan.warmUpRounds()
                : "round " + (round + 1 - plan.warmUpRounds()) + " of " + plan.rounds();
        return which + left();
    }

    private String left() {
        if (done == 0) {
            return "";
        }
        long elapsedNanos = System.nanoTime() - startNanos;
        long slicesLeft = (long) slicesPerRound * plan.allRounds() - done;
        return ", about " + Duration.ofNanos(elapsedNanos / done * slicesLeft).toSeconds() + " s left";
    }
}
