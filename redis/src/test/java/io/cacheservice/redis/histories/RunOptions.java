package io.cacheservice.redis.histories;

import static java.util.Map.entry;

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
    private static final String LOADS = "--loads";
    private static final String NAIVE_FILLS = "--naive-fills";
    private static final String TAGS = "--tags";
    private static final String LEAK = "--leak";

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry(TOPOLOGY, "standalone"),
            entry(JVMS, "4"),
            entry(THREADS, "8"),
            entry(OPERATIONS, "20m"),
            entry(RATE, "10k"),
            entry(SEED, "1"),
            entry(MAX_STALENESS, "1000"),
            entry(FAULTS, "all"),
            entry(EVERY_FAULT, "true"),
            entry(DEAF_COPIES, "0"),
            entry(LOADS, "false"),
            entry(NAIVE_FILLS, "false"),
            entry(TAGS, "50k"),
            entry(LEAK, "false"));

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
            --loads             the cache loads rows from a source; threads change rows there, and invalidate
            --naive-fills       with --loads: what is read past the cache is put into it; a run must find that too
            --tags 50k          with --loads: so many tags that results may have besides those of their rows
            --leak              each JVM keeps files, threads and memory that it does not need: what a soak must find
            """;

    /** Where Redis is. */
    enum Topology {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** The same run with a cache that loads. */
    RunOptions loading() {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(LOADS, "true");
        changed.put(OPERATIONS, "20k"); // loads take their time
        return new RunOptions(changed);
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
                "20k",
                RATE,
                "1k",
                SEED,
                Long.toString(seed),
                EVERY_FAULT,
                "false");
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static RunOptions parse(String... words) {
        return parse(DEFAULTS, words);
    }

    /** Of a soak, which is to go on beside other work. */
    static RunOptions parseSoak(String... words) {
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        values.putAll(Map.of(LOADS, "true", JVMS, "3", RATE, "700", TAGS, "200"));
        return parse(values, words);
    }

    private static RunOptions parse(Map<String, String> defaults, String... words) {
        Map<String, String> values = new TreeMap<>(defaults);
        int next = 0;
        while (next < words.length) {
            String name = words[next++];
            boolean hasValue = next < words.length && !words[next].startsWith("--");
            if (!DEFAULTS.containsKey(name) || (!hasValue && !isSwitch(name))) {
                throw new IllegalArgumentException(name + " is no option, or has no value. Options:\n" + USAGE);
            }
            values.put(name, hasValue ? words[next++] : "true");
        }
        RunOptions options = new RunOptions(values);
        options.requireSound();
        return options;
    }

    private static boolean isSwitch(String name) {
        return name.equals(LOADS) || name.equals(NAIVE_FILLS) || name.equals(LEAK);
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

    /** Whether nothing goes wrong. */
    boolean faultFree() {
        return text(FAULTS).equals("none");
    }

    boolean loads() {
        return Boolean.parseBoolean(text(LOADS));
    }

    boolean naiveFills() {
        return Boolean.parseBoolean(text(NAIVE_FILLS));
    }

    int tags() {
        return Math.toIntExact(number(TAGS));
    }

    boolean leaks() {
        return Boolean.parseBoolean(text(LEAK));
    }

    /** How long most loads may take: some are stopped for longer. Without faults a machine under load must not end any. */
    Duration loadTimeout() {
        return faultFree() ? Duration.ofSeconds(10) : Duration.ofSeconds(1);
    }

    /** How long the others may take: longer than the bound. */
    Duration longLoadTimeout() {
        return faultFree() ? Duration.ofSeconds(10) : Duration.ofSeconds(3);
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
        for (String name : List.of(JVMS, THREADS, RATE, TAGS)) {
            if (number(name) < 1) {
                throw new IllegalArgumentException(name + " is " + text(name) + ": give 1 or more");
            }
        }
        if (jvms() > Participants.MOST_JVMS) {
            throw new IllegalArgumentException(
                    JVMS + " is " + text(JVMS) + ": give " + Participants.MOST_JVMS + " or less");
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
