package io.cacheservice.server.demo;

import io.cacheservice.server.demo.Fault.Repair;
import io.cacheservice.server.demo.FaultResult.Worst;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Replays faults, one after the other, while two processes read through the cache and invalidate now and then: says each second
 * how they fare, and in the end what each fault cost. Everything it started is gone when it ends.
 */
public final class Simulation {
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_PER_LINE = 4;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Keys whose loads failed are tried again after pauses of up to half of it. */
    private static final Duration LIMIT_OF_SOURCE = Duration.ofSeconds(60);

    /** How long all must be normal to be so. */
    private static final long CALM_MILLIS = 1_000;

    private static final String WELL = "all is well";

    private final SimulationOptions options;
    private final PrintStream out;
    private final Ending ending;
    private final Stage stage;
    private final List<FaultResult> results = new ArrayList<>();
    private int rests;

    private Simulation(SimulationOptions options, PrintStream out, Ending ending, Stage stage) {
        this.options = options;
        this.out = out;
        this.ending = ending;
        this.stage = stage;
    }

    /** The faults there are, by name, in the order in which they come, with what they are. */
    public static Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        Fault.ALL.forEach(each -> faults.put(each.name(), each.what()));
        return faults;
    }

    /**
     * Runs it to its end, or until this JVM is told to end, which waits for the summary.
     *
     * @return whether no reader got an error, and all was well again after each fault
     * @throws DemoFailure when something does not start or ends by itself, or there is no Redis to start
     */
    public static boolean run(SimulationOptions options, PrintStream out) throws InterruptedException {
        try (Ending ending = new Ending();
                Stage stage = new Stage(options, out::println)) {
            return new Simulation(options, out, ending, stage).replay();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DemoFailure("the simulation could not go on: " + e, e);
        }
    }

    private boolean replay() throws Exception {
        stage.go();
        awaitNormal(System.currentTimeMillis(), false);
        say("", WELL);
        Span calm = watch();
        results.add(new FaultResult(
                WELL, calm.millis(), calm.counted(), calm.worst(), failed(calm.counted()), Optional.of(Duration.ZERO)));
        for (Fault each : Fault.ALL) {
            if (!isOver() && (options.faults().isEmpty() || options.faults().contains(each.name()))) {
                replay(each);
            }
        }
        Report all = stage.lastReports().stream().reduce(Report.NONE, Report::plus);
        say("");
        SimulationText.summary(results, all).forEach(this::say);
        return failed(all) == 0 && results.stream().allMatch(FaultResult::isNormalAgain);
    }

    private void replay(Fault fault) throws IOException, InterruptedException {
        say("", fault.name() + ": " + fault.what());
        if (fault.isOfSource()) {
            rest();
        }
        Report before = together();
        Repair repair = fault.strike().on(stage);
        Span during = watch();
        repair.on(stage);
        Optional<Duration> normalAfter = awaitNormal(System.currentTimeMillis(), fault.isOfSource());
        say("     repaired; "
                + normalAfter
                        .map(each -> "normal after " + Figures.seconds(each.toMillis()) + " s")
                        .orElse("not normal again when time was up"));
        results.add(new FaultResult(
                fault.name(),
                during.millis(),
                during.counted(),
                during.worst(),
                failed(together().since(before)),
                normalAfter));
        if (fault.isOfSource()) {
            stage.goOn();
        }
    }

    /** What was counted in a while, and the worst that was seen. */
    private record Span(long millis, Report counted, Worst worst) {}

    /** As long as a fault lasts: says a line each second. */
    private Span watch() throws IOException, InterruptedException {
        long beganNanos = System.nanoTime();
        Report began = together();
        Report lastLine = began;
        Worst worst = Worst.NONE;
        long looks = (long) options.seconds() * LOOKS_PER_LINE;
        for (long look = 1;
                look <= looks && !ending.isAskedForWithin(look * LOOK_MILLIS - millisSince(beganNanos));
                look++) {
            Report now = together();
            worst = worst.or(now.now());
            if (look % LOOKS_PER_LINE == 0) {
                say(SimulationText.line(look / LOOKS_PER_LINE, LOOKS_PER_LINE * LOOK_MILLIS, now.since(lastLine)));
                lastLine = now;
            }
        }
        return new Span(millisSince(beganNanos), together().since(began), worst);
    }

    private void rest() throws IOException, InterruptedException {
        stage.rest();
        rests++;
        long beganNanos = System.nanoTime();
        while (together().now().rests() < rests) {
            if (ending.isAskedForWithin(LOOK_MILLIS) || millisSince(beganNanos) > LIMIT.toMillis()) {
                return;
            }
        }
    }

    /**
     * Waits until Redis answers both processes, nothing waits in the journal, and, after a fault of the source, at most one
     * answer in a hundred is stale.
     */
    private Optional<Duration> awaitNormal(long sinceMillis, boolean ofSource)
            throws IOException, InterruptedException {
        Report last = together();
        long calmSinceMillis = sinceMillis;
        Duration limit = ofSource ? LIMIT_OF_SOURCE : LIMIT;
        while (System.currentTimeMillis() - sinceMillis < limit.toMillis()) {
            if (ending.isAskedForWithin(LOOK_MILLIS)) {
                return Optional.empty();
            }
            Report now = together();
            long nowMillis = System.currentTimeMillis();
            boolean disturbed =
                    !now.now().hasAnswers() || now.now().journaled() > 0 || (ofSource && isMuchStale(now.since(last)));
            if (disturbed) {
                calmSinceMillis = nowMillis;
            } else if (nowMillis - calmSinceMillis >= CALM_MILLIS) {
                long from = ofSource ? calmSinceMillis : now.now().answeredSinceMillis();
                return Optional.of(Duration.ofMillis(Math.max(0, from - sinceMillis)));
            }
            last = now;
        }
        return Optional.empty();
    }

    /** A few may be, for a source that is well can be slow too. */
    private static boolean isMuchStale(Report counted) {
        return counted.count(Count.STALE) * 100 > counted.reads();
    }

    private boolean isOver() throws InterruptedException {
        return ending.isAskedForWithin(0);
    }

    private Report together() throws IOException {
        return stage.reports().stream().reduce(Report.NONE, Report::plus);
    }

    private static long failed(Report counted) {
        return counted.count(Count.FAILED);
    }

    private void say(String... lines) {
        for (String line : lines) {
            out.println(line);
        }
        out.flush();
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
