package io.cacheservice.redis.histories;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All faults in a random order, and again in another. For one thread. */
final class FaultDeck {
    private final List<Fault> faults;
    private final List<Fault> left = new ArrayList<>();
    private final Map<String, Integer> struck = new LinkedHashMap<>();
    private boolean isThrough;

    FaultDeck(List<Fault> faults) {
        this.faults = List.copyOf(faults);
        isThrough = faults.isEmpty();
    }

    /** Makes the next one happen, if there is any. */
    void strike(Strike strike) throws InterruptedException {
        if (faults.isEmpty()) {
            return;
        }
        if (left.isEmpty()) {
            left.addAll(faults);
        }
        Fault fault = left.remove(strike.random().nextInt(left.size()));
        struck.merge(fault.name(), 1, Integer::sum);
        strike.strike(fault);
        isThrough |= left.isEmpty();
    }

    /** Whether each of them was there. */
    boolean isThrough() {
        return isThrough;
    }

    /** How often each of them was there. */
    Map<String, Integer> struck() {
        return struck;
    }
}
