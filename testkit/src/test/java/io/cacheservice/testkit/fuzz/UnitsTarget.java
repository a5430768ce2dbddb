package io.cacheservice.testkit.fuzz;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.util.List;

/** Durations, sizes and numbers of settings: what is accepted is printed in a form that means the same. */
public final class UnitsTarget implements FuzzTarget {
    private static final List<String> WORDS = List.of(
            "ms", "s", "m", "h", "d", "b", "kb", "mb", "gb", " ", "\t", "\u00a0", ".", "-", "e", "NaN", "\u0665");

    private final List<Kind> kinds = List.of(
            new Kind(
                    List.of("defaultTtl", "maxStaleness", "connectTimeout"),
                    corpus("300ms", "30s", "10m", "1h", "7d", "none")),
            new Kind(List.of("maxMemory", "maxKeyBytes", "maxValueBytes"), corpus("512b", "256kb", "64mb", "1gb")),
            new Kind(
                    List.of("poolSize", "refreshProb", "server.port", "journalSize"), corpus("1", "0.5", "1e-3", "0")));

    private record Kind(List<String> names, Corpus texts) {}

    private static Corpus corpus(String... examples) {
        return Corpus.ofTexts(List.of(examples), WORDS);
    }

    @Override
    public String name() {
        return "units";
    }

    @Override
    public int share() {
        return 100;
    }

    @Override
    public boolean take(FuzzInput input) {
        Kind kind = input.pick(kinds);
        String name = input.pick(kind.names());
        String text = input.mutatedText(kind.texts());
        CacheConfig config;
        try {
            config = CacheConfig.builder().put(name, text, "a test").build();
        } catch (CacheConfigException refused) {
            Demand.that(
                    String.valueOf(refused.getMessage()).startsWith(name + " = "),
                    "the culprit: " + String.valueOf(refused.getMessage()));
            Demand.that(String.valueOf(refused.getMessage()).length() < 1_000, "a bounded message");
            return false;
        }
        String printed = printed(config, name);
        Demand.that(
                printed(CacheConfig.builder().put(name, printed, "a test").build(), name)
                        .equals(printed),
                "the same again: " + printed);
        return true;
    }

    private static String printed(CacheConfig config, String name) {
        return config.table()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.split(" +", 3)[1])
                .findFirst()
                .orElseThrow();
    }
}
