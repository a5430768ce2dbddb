package io.cacheservice.redis.doctor;

import io.cacheservice.redis.internal.topology.MasterVote;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one Sentinel said.
 *
 * @param where its address
 * @param master how it answered who the master is
 * @param quorum how it answered whether a failover can be agreed on
 */
record SentinelSeen(String where, Reply master, Reply quorum) {
    private Map<String, String> fields() {
        return master.fields();
    }

    /** Whom it names; null: nobody. */
    @Nullable
    MasterVote vote() {
        NodeAddress address = address(fields());
        return address == null ? null : new MasterVote(address, Math.max(0, Info.whole(fields().get("config-epoch"))));
    }

    /** Whether it holds the master to be down. */
    boolean seesMasterDown() {
        return fields().getOrDefault("flags", "").contains("_down");
    }

    /** How many Sentinels it knows, itself included. */
    long known() {
        return 1 + Math.max(0, Info.whole(fields().get("num-other-sentinels")));
    }

    String neededForFailover() {
        return fields().getOrDefault("quorum", "?");
    }

    /** The address in the fields of a reply; null: there is none. */
    static @Nullable NodeAddress address(Map<String, String> fields) {
        String host = fields.getOrDefault("ip", "");
        return NodeAddress.parse((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + fields.get("port"));
    }
}
