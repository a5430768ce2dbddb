package io.cacheservice.internal.compress;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses among dictionaries by what they make of values that none of them was trained on. Pure. */
final class DictionaryChoice {
    /** How much more than with the best one values may take, for a smaller dictionary. */
    static final double TOLERANCE = 0.02;

    /** How much less than without one they must take: it has to be kept, sent and held by all. */
    static final double LEAST_SHARE = 0.1;

    private DictionaryChoice() {}

    /**
     * One that was tried.
     *
     * @param heldOutBytes what the values take with it
     */
    record Candidate(Trained trained, long heldOutBytes) {}

    /**
     * The smallest within 2 % of the best; empty: none is worth it.
     *
     * @param otherwiseBytes what the values take as it is now
     */
    static Optional<Candidate> of(List<Candidate> candidates, long otherwiseBytes) {
        long best = candidates.stream().mapToLong(Candidate::heldOutBytes).min().orElse(Long.MAX_VALUE);
        if (best > (1 - LEAST_SHARE) * otherwiseBytes) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> candidate.heldOutBytes() <= (1 + TOLERANCE) * best)
                .min(Comparator.comparingInt(candidate -> candidate.trained().dictionary().length));
    }
}
