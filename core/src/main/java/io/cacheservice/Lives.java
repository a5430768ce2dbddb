package io.cacheservice;

import java.time.Duration;
import java.util.Objects;

/** What a life may be. */
final class Lives {
    /** The longest life an entry can have: 2^48 - 2 milliseconds would be 8,925 years, Redis allows less. */
    static final Duration LONGEST = Duration.ofDays(365L * 100);

    private Lives() {}

    static Duration requireLife(Duration life, String name) {
        Objects.requireNonNull(life, name);
        if (life.compareTo(Duration.ofMillis(1)) < 0 || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " " + life
                    + " is refused: expected 1 ms to 100 years; EntryOptions.noExpiry() keeps an entry for ever,"
                    + " delete removes it");
        }
        return life;
    }
}
