package io.cacheservice.redis.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is to do.
 *
 * @param values by the names of the options
 */
record RunOptions(Map<String, String> values) {
    private static final String TOPOLOGY = "--topology";
    private static final String JVMS = "--jvms";
    private static final String THREADS = "--threads";
    private static final String OPERATIONS = "--operations";
    private static final String RATE = "--rate";
    private static final String SEED = "--seed";
    private static final String MAX_STALENESS = "--max-staleness";
    private static final String FAULTS = "--faults";
    private static final String EVERY_FAULT = "--every-fault";
    private static final String DEAF_COPIES = "--deaf-copies";

    private static final Map<String, String> DEFAULTS = Map.of(
            TOPOLOGY, "standalone",
            JVMS, "4",
            THREADS, "8",
            OPERATIONS, "20m",
            RATE, "10k",
            SEED, "1",
            MAX_STALENESS, "1000",
            FAULTS, "all",
            EVERY_FAULT, "true",
            DEAF_COPIES, "0");

    static final String USAGE = """
            --topology standalone|sentinel|cluster
            --jvms 4            how many JVMs, each with a service
            --threads 8         how many threads in each of them
            --operations 20m    the run ends after so many operations of the JVMs
            --rate 10k          operations per second and JVM at most
            --seed 1            keys, operations and faults follow from it; what the machine makes of them does not
            --max-staleness 1000        the bound, in milliseconds
            --faults all|none|NAME,...  which faults; the progress names them
            --every-fault true  whether the run goes on until each of them was there
            --deaf-copies 0     for so many milliseconds each JVM keeps what it read and hears of no change:
                                what a run must find
            """;

    /** Where Redis is. */
    enum Topology {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** A run of less than a minute, in which not every fault may have its turn. */
    static RunOptions brief(Topology topology, long seed) {
        return parse(
                TOPOLOGY,
                topology.name(),
                JVMS,
                "2",
                THREADS,
                "6",
                OPERATIONS,
                "40k",
                RATE,
                "1k",
                SEED,
                Long.toString(seed),
                EVERY_FAULT,
                "false");
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static RunOptions parse(String... words) {
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        for (int i = 0; i < words.length; i += 2) {
            if (!DEFAULTS.containsKey(words[i]) || i + 1 == words.length) {
                throw new IllegalArgumentException(words[i] + " is no option, or has no value. Options:\n" + USAGE);
            }
            values.put(words[i], words[i + 1]);
        }
        RunOptions options = new RunOptions(values);
        options.requireSound();
        return options;
    }

    Topology topology() {
        return Topology.valueOf(text(TOPOLOGY).toUpperCase(Locale.ROOT));
    }

    int jvms() {
        return Math.toIntExact(number(JVMS));
    }

    int threads() {
        return Math.toIntExact(number(THREADS));
    }

    long operations() {
        return number(OPERATIONS);
    }

    long rate() {
        return number(RATE);
    }

    long seed() {
        return number(SEED);
    }

    Duration maxStaleness() {
        return Duration.ofMillis(number(MAX_STALENESS));
    }

    boolean has(Fault fault) {
        return text(FAULTS).equals("all")
                || List.of(text(FAULTS).split(",", -1)).contains(fault.name());
    }

    boolean everyFault() {
        return Boolean.parseBoolean(text(EVERY_FAULT));
    }

    Duration deafCopies() {
        return Duration.ofMillis(number(DEAF_COPIES));
    }

    /** For another {@link #parse}. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        values.forEach((name, value) -> words.addAll(List.of(name, value)));
        return words;
    }

    private void requireSound() {
        for (String name : List.of(JVMS, THREADS, RATE)) {
            if (number(name) < 1) {
                throw new IllegalArgumentException(name + " is " + text(name) + ": give 1 or more");
            }
        }
        topology();
    }

    private String text(String name) {
        return values.getOrDefault(name, "");
    }

    private long number(String name) {
        String text = text(name);
        if (!text.matches("\\d{1,15}[mk]?")) {
            throw new IllegalArgumentException(name + " is " + text + ": give a number, such as 5, 10k or 20m");
        }
        String digits = text.replaceAll("[mk]$", "");
        long unit = text.endsWith("m") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
        return Long.parseLong(digits) * unit;
    }

    @Override
    public String toString() {
        return String.join(" ", words());
    }
}
