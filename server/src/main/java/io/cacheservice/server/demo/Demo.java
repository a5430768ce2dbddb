package io.cacheservice.server.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shows the cache at work: a database, two processes that read through the cache, a table that says each second what happens, and
 * a summary. Everything it started is gone when it ends; also when it is killed.
 */
public final class Demo {
    private static final long TICK_MILLIS = 1_000;

    private final DemoOptions options;
    private final Screen screen;
    private final Ending ending;
    private final List<PhaseResult> phases = new ArrayList<>();
    private long phaseBeganMillis;
    private Report phaseBegan = Report.NONE;

    private Demo(DemoOptions options, Screen screen, Ending ending) {
        this.options = options;
        this.screen = screen;
        this.ending = ending;
    }

    /**
     * Runs it to its end, or until this JVM is told to end, which waits for the summary.
     *
     * @param terminal whether {@code out} can write over what it wrote
     * @throws DemoFailure when something does not start or ends by itself
     */
    public static void run(DemoOptions options, PrintStream out, boolean terminal) throws InterruptedException {
        Screen screen = new Screen(out, terminal);
        try (Ending ending = new Ending();
                Stage stage = new Stage(options, screen::say)) {
            new Demo(options, screen, ending).show(stage);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DemoFailure("the demo could not go on: " + e, e);
        }
    }

    private void show(Stage stage) throws IOException, InterruptedException, SQLException {
        Outages outages = options.outages();
        stage.go();
        long beganNanos = System.nanoTime();
        Phase phase = Phase.ALL_UP;
        List<Report> before = stage.reports();
        long beforeMillis = 0;
        for (long tick = 1; options.seconds() == 0 || tick <= options.seconds(); tick++) {
            if (ending.isAskedForWithin(tick * TICK_MILLIS - millisSince(beganNanos))) {
                break;
            }
            List<Report> now = stage.reports();
            long nowMillis = millisSince(beganNanos);
            screen.show(new Moment(nowMillis, nowMillis - beforeMillis, since(before, now), phase, stage.hasRedis()));
            before = now;
            beforeMillis = nowMillis;
            Phase next = outages.at(tick * TICK_MILLIS);
            if (next != phase && tick != options.seconds()) {
                endPhase(phase, together(now), nowMillis);
                stage.change(phase, next);
                phase = next;
            }
        }
        long endMillis = millisSince(beganNanos);
        endPhase(phase, together(stage.lastReports()), endMillis);
        screen.end(Summary.lines(phases, stage.queries()));
    }

    private void endPhase(Phase phase, Report now, long nowMillis) {
        phases.add(new PhaseResult(phase, nowMillis - phaseBeganMillis, now.since(phaseBegan)));
        phaseBegan = now;
        phaseBeganMillis = nowMillis;
    }

    private static Report together(List<Report> reports) {
        return reports.stream().reduce(Report.NONE, Report::plus);
    }

    private static List<Report> since(List<Report> before, List<Report> now) {
        List<Report> both = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            both.add(now.get(i).since(before.get(i)));
        }
        return both;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
