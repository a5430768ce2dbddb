package io.cacheservice.redis.outage;

import io.cacheservice.redis.outage.Site.Kind;
import io.cacheservice.redis.outage.Traffic.Phase;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Lets each fault happen to real servers under traffic, one after the other, and prints what it cost: {@code
 * redis/drills/outages} starts it. It ends with 1 when a reader got an error, or something that he must not get.
 */
final class OutageRun {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int enoughReads;
    private final PrintStream out;

    /** @param enoughReads for how many reads all is well before and after a fault */
    OutageRun(int enoughReads, PrintStream out) {
        this.enoughReads = enoughReads;
        this.out = out;
    }

    /** [standalone|sentinel|cluster|all [part of a fault's name]]. */
    public static void main(String[] words) throws Exception {
        List<Kind> kinds = words.length == 0 || words[0].equals("all")
                ? List.of(Kind.values())
                : List.of(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)));
        String name = words.length < 2 ? "" : words[1];
        List<Row> rows = new ArrayList<>();
        OutageRun run = new OutageRun(10_000, System.out);
        System.out.println(Row.HEAD);
        for (Kind kind : kinds) {
            for (Outage outage : Outage.ALL) {
                if (outage.kinds().contains(kind) && outage.name().contains(name)) {
                    Row row = run.run(kind, outage);
                    System.out.println(row.line());
                    rows.add(row);
                }
            }
        }
        System.exit(rows.stream().allMatch(Row::isGood) ? 0 : 1);
    }

    /** One row of the table. */
    Row run(Kind kind, Outage outage) {
        try (Site site = kind.start();
                Traffic traffic = new Traffic(site.config())) {
            traffic.untilNormal(LIMIT);
            if (kind == Kind.STANDALONE) {
                // what a restart finds
                Awaitility.await()
                        .until(() -> site.victim().command("DBSIZE") instanceof Long keys && keys >= Traffic.KEYS);
                site.victim().command("SAVE");
            }
            traffic.next();
            traffic.awaitReads(enoughReads);
            Phase before = traffic.next();
            Runnable repair = outage.strike().apply(site);
            CompletableFuture.runAsync(
                            repair,
                            CompletableFuture.delayedExecutor(outage.lasting().toMillis(), TimeUnit.MILLISECONDS))
                    .join();
            Phase during = traffic.next();
            Duration untilNormal = traffic.untilNormal(LIMIT);
            Phase meanwhile = traffic.next();
            traffic.awaitReads(enoughReads);
            Phase after = traffic.next();
            traffic.stop();
            Row row = new Row(kind, outage.name(), before, during, meanwhile, after, untilNormal, traffic.lost());
            row.errors().forEach(error -> out.println("a reader got: " + error));
            return row;
        }
    }

    /** What one fault cost. */
    record Row(
            Kind kind,
            String name,
            Phase before,
            Phase during,
            Phase meanwhile,
            Phase after,
            Duration untilNormal,
            int lost) {
        static final String HEAD = """
                | Redis is | fault | p99, ms | p99 near, ms | errors | loads per second | most at once | normal after | stale | queued | refused | lost |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |""";

        boolean isGood() {
            return sum(Phase::errorCount) == 0 && sum(Phase::staleCount) == 0 && lost == 0;
        }

        int mostLoads() {
            return phases().mapToInt(phase -> phase.mostLoads.get()).max().orElse(0);
        }

        List<String> errors() {
            return phases().map(Phase::error).filter(error -> !error.isEmpty()).toList();
        }

        /** Where there are three figures, they are of before, during and after. */
        String line() {
            return String.join(
                            " | ",
                            "| " + kind.name().toLowerCase(Locale.ROOT),
                            name,
                            three("%.1f", phase -> phase.askingMillis(0.99)),
                            three("%.1f", phase -> phase.nearMillis(0.99)),
                            Long.toString(sum(Phase::errorCount)),
                            three("%.0f", Phase::loadsPerSecond),
                            Integer.toString(mostLoads()),
                            String.format(Locale.ROOT, "%.1f s", untilNormal.toMillis() / 1_000.0),
                            Long.toString(sum(Phase::staleCount)),
                            Long.toString(sum(phase -> phase.queued.get())),
                            Long.toString(sum(phase -> phase.refused.get())),
                            Integer.toString(lost))
                    + " |";
        }

        private String three(String format, ToDoubleFunction<Phase> figure) {
            return Stream.of(before, during, after)
                    .map(phase -> String.format(Locale.ROOT, format, figure.applyAsDouble(phase)))
                    .collect(Collectors.joining(" / "));
        }

        private Stream<Phase> phases() {
            return Stream.of(before, during, meanwhile, after);
        }

        private long sum(ToLongFunction<Phase> count) {
            return phases().mapToLong(count).sum();
        }
    }
}
