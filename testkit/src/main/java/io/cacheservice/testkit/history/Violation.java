package io.cacheservice.testkit.history;

import java.util.List;

/**
 * A few operations that no coherent cache can have performed, and why not.
 *
 * @param rule what does not hold
 * @param operations the smallest part of the history that shows it, the read that was wrong first
 * @param words the same for people
 */
public record Violation(Rule rule, List<Operation> operations, String words) {
    /** Copies the list. */
    public Violation {
        operations = List.copyOf(operations);
    }

    @Override
    public String toString() {
        return rule + ": " + words;
    }
}
