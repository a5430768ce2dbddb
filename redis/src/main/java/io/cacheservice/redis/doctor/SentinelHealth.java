package io.cacheservice.redis.doctor;

import io.cacheservice.redis.internal.topology.MasterVote;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the Sentinels know the master, agree, and could name another: sentinel. Pure. */
final class SentinelHealth {
    private static final String ALL = "sentinels";
    private static final int FEWEST = 3;

    private SentinelHealth() {}

    /** @param master its name */
    static List<Finding> findings(String master, List<SentinelSeen> seen) {
        List<MasterVote> votes =
                seen.stream().map(SentinelSeen::vote).filter(Objects::nonNull).toList();
        if (votes.isEmpty()) {
            String said = seen.stream()
                    .map(one -> one.where() + " said " + one.master().trouble())
                    .collect(Collectors.joining("; "));
            return List.of(Check.SENTINEL.fault(
                    ALL,
                    "no Sentinel names the master '" + master + "'" + (said.isEmpty() ? "" : ": " + said),
                    "take sentinelMaster from the line 'sentinel monitor' of the Sentinels' file"));
        }
        List<Finding> findings = new ArrayList<>();
        Set<NodeAddress> named = votes.stream().map(MasterVote::address).collect(Collectors.toSet());
        if (named.size() > 1) {
            findings.add(Check.SENTINEL.warning(
                    ALL,
                    "several masters: the Sentinels name " + named,
                    "wait for a failover to end; else let the Sentinels reach each other"));
        }
        for (SentinelSeen one : seen) {
            findings.addAll(ofOne(one));
        }
        long known = seen.stream().mapToLong(SentinelSeen::known).max().orElse(0);
        if (known < FEWEST) {
            findings.add(Check.SENTINEL.note(
                    ALL, "only " + known + " Sentinels: they cannot outvote one that is cut off", "run three or more"));
        }
        return findings.isEmpty()
                ? List.of(Check.SENTINEL.ok(
                        ALL,
                        votes.size() + " of " + known + " Sentinels name "
                                + named.iterator().next() + "; " + seen.get(0).neededForFailover()
                                + " must agree on a failover"))
                : findings;
    }

    private static List<Finding> ofOne(SentinelSeen seen) {
        List<Finding> findings = new ArrayList<>();
        if (seen.vote() == null) {
            findings.add(Check.SENTINEL.warning(
                    seen.where(),
                    "does not know the master: " + seen.master().trouble(),
                    "give it the line 'sentinel monitor' of the others"));
        }
        String error = seen.quorum().error();
        if (error != null && error.startsWith("NOQUORUM")) {
            findings.add(Check.SENTINEL.fault(
                    seen.where(),
                    "no failover is possible: " + seen.quorum().trouble(),
                    "bring the other Sentinels back, or let them reach each other"));
        }
        if (seen.seesMasterDown()) {
            findings.add(Check.SENTINEL.warning(
                    seen.where(), "holds the master to be down", "see whether it is, and the network between them"));
        }
        return findings;
    }
}
