package io.cacheservice.redis.internal.topology;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one Sentinel says about the master it watches.
 *
 * @param address where it says the master is
 * @param epoch the configuration epoch of that statement: a failover makes a higher one
 */
public record MasterVote(NodeAddress address, long epoch) {
    /**
     * Where the master is. The newest configuration counts, since a Sentinel that was cut off goes on naming the old one;
     * among statements of one epoch, the most.
     *
     * @return null: nobody said anything
     */
    public static @Nullable NodeAddress elect(List<MasterVote> votes) {
        Map<MasterVote, Integer> counts = new HashMap<>();
        votes.forEach(vote -> counts.merge(vote, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Comparator.<Map.Entry<MasterVote, Integer>>comparingLong(
                                entry -> entry.getKey().epoch())
                        .thenComparingInt(Map.Entry::getValue)
                        .thenComparing(entry -> entry.getKey().address().toString()))
                .map(entry -> entry.getKey().address())
                .orElse(null);
    }
}
