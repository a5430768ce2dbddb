package io.cacheservice.benchmarks.harness;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUpRounds rounds that are run and not counted
 * @param rounds rounds that are counted
 * @param slice the length of one subject's turn in one case
 */
public record Plan(int warmUpRounds, int rounds, Duration slice) {
    int allRounds() {
        return warmUpRounds + rounds;
    }
}
