package io.cacheservice.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** Batches of a hundred different keys, drawn at random from two thousand: the same for all but for the prefix of the keys. */
final class Batches {
    static final int SIZE = 100;

    private static final int KEYS = 2_000;
    private static final int BATCHES = 100;

    private final String prefix;
    private final Map<String, List<String>> byName = new LinkedHashMap<>();

    Batches(String prefix) {
        this.prefix = prefix;
        Random random = new Random(1);
        for (int i = 0; i < BATCHES; i++) {
            List<String> batch = random.ints(0, KEYS)
                    .distinct()
                    .limit(SIZE)
                    .mapToObj(this::key)
                    .toList();
            byName.put("batch-" + i, batch);
        }
    }

    /** All keys that the batches are drawn from. */
    List<String> allKeys() {
        return IntStream.range(0, KEYS).mapToObj(this::key).toList();
    }

    /** The keys of the batch {@code name}. */
    List<String> keys(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    /** The names of all batches. */
    String[] names() {
        return byName.keySet().toArray(String[]::new);
    }

    private String key(int number) {
        return prefix + "key:" + number;
    }
}
