package io.cacheservice.testkit.fuzz;

import java.util.List;

/**
 * What a target made of its inputs.
 *
 * @param inputs how many there were
 * @param accepted how many of them were not refused
 * @param mostAllocatedBytes the most that one input allocated on its thread
 * @param millis how long it took
 * @param failed how many inputs failed
 * @param failures the first of each kind
 */
public record FuzzReport(
        String target,
        long inputs,
        long accepted,
        long mostAllocatedBytes,
        long millis,
        long failed,
        List<FuzzFailure> failures) {
    /** Makes the list unmodifiable. */
    public FuzzReport {
        failures = List.copyOf(failures);
    }

    /** Percent of the inputs that were accepted. */
    public int acceptedPercent() {
        return inputs == 0 ? 0 : (int) (100 * accepted / inputs);
    }
}
