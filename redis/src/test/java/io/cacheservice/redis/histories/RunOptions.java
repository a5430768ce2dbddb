package io.cacheservice.redis.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run is to do.
 *
 * @param topology where Redis is
 * @param jvms how many JVMs there are, each with a service
 * @param threads how many threads each of them has
 * @param operations how many operations at least
 * @param rate how many operations per second and JVM at most
 * @param seed from which keys, operations and faults follow; what the machine makes of them does not
 * @param maxStaleness the bound
 * @param faults the names of the faults to be had; empty for all
 * @param everyFault whether the run goes on until each fault was there at least once
 */
record RunOptions(
        Topology topology,
        int jvms,
        int threads,
        long operations,
        int rate,
        long seed,
        Duration maxStaleness,
        List<String> faults,
        boolean everyFault) {
    static final String USAGE = "options: --topology standalone|sentinel|cluster --jvms 4 --threads 8 --operations 20m"
            + " --rate 10000 (per second and JVM) --seed 1 --max-staleness 1000 (ms) --faults all|none|NAME,NAME";

    /** Where Redis is. */
    enum Topology {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** A run of about 40 seconds, in which not every fault may have its turn. */
    static RunOptions brief(Topology topology, long seed) {
        return new RunOptions(topology, 2, 6, 40_000, 1_000, seed, Duration.ofSeconds(1), List.of(), false);
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static RunOptions parse(String... words) {
        RunOptions o = new RunOptions(
                Topology.STANDALONE, 4, 8, 20_000_000, 10_000, 1, Duration.ofSeconds(1), List.of(), true);
        if (words.length % 2 != 0) {
            throw new IllegalArgumentException("an option has no value; " + USAGE);
        }
        for (int i = 0; i < words.length; i += 2) {
            o = o.with(words[i], words[i + 1]);
        }
        return o;
    }

    private RunOptions with(String option, String text) {
        return switch (option) {
            case "--topology" ->
                new RunOptions(
                        Topology.valueOf(text.toUpperCase(Locale.ROOT)),
                        jvms,
                        threads,
                        operations,
                        rate,
                        seed,
                        maxStaleness,
                        faults,
                        everyFault);
            case "--jvms" ->
                new RunOptions(
                        topology,
                        (int) number(text),
                        threads,
                        operations,
                        rate,
                        seed,
                        maxStaleness,
                        faults,
                        everyFault);
            case "--threads" ->
                new RunOptions(
                        topology, jvms, (int) number(text), operations, rate, seed, maxStaleness, faults, everyFault);
            case "--operations" ->
                new RunOptions(topology, jvms, threads, number(text), rate, seed, maxStaleness, faults, everyFault);
            case "--rate" ->
                new RunOptions(
                        topology,
                        jvms,
                        threads,
                        operations,
                        (int) number(text),
                        seed,
                        maxStaleness,
                        faults,
                        everyFault);
            case "--seed" ->
                new RunOptions(
                        topology, jvms, threads, operations, rate, number(text), maxStaleness, faults, everyFault);
            case "--max-staleness" ->
                new RunOptions(
                        topology,
                        jvms,
                        threads,
                        operations,
                        rate,
                        seed,
                        Duration.ofMillis(number(text)),
                        faults,
                        everyFault);
            case "--faults" ->
                new RunOptions(
                        topology,
                        jvms,
                        threads,
                        operations,
                        rate,
                        seed,
                        maxStaleness,
                        text.equals("all") ? List.of() : List.of(text.split(",", -1)),
                        everyFault);
            default -> throw new IllegalArgumentException("there is no option " + option + "; " + USAGE);
        };
    }

    boolean has(String fault) {
        return faults.isEmpty() || faults.contains(fault);
    }

    /** The options of which a worker needs to know. */
    List<String> forWorkers() {
        List<String> words = new ArrayList<>(List.of("--topology", topology.name()));
        words.addAll(List.of("--jvms", Integer.toString(jvms), "--threads", Integer.toString(threads)));
        words.addAll(List.of("--rate", Integer.toString(rate), "--seed", Long.toString(seed)));
        words.addAll(List.of("--max-staleness", Long.toString(maxStaleness.toMillis())));
        return words;
    }

    private static long number(String text) {
        String digits = text.replaceAll("[mk]$", "");
        long unit = text.endsWith("m") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
        return Long.parseLong(digits) * unit;
    }
}
