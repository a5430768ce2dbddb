package io.cacheservice.redis.doctor;

import io.cacheservice.redis.internal.topology.Deployment.Kind;
import org.jspecify.annotations.Nullable;

/** Whether a server is what the settings take it for: topology. Pure. */
final class Placing {
    private Placing() {}

    /** @param kind what the settings say; with Sentinels, the server is the master that they name */
    static Finding topology(Kind kind, ServerSeen seen) {
        String where = seen.where();
        String mode = seen.mode();
        if (mode == null) {
            return Check.TOPOLOGY.skipped(where, "neither INFO nor HELLO tells what it is");
        }
        if (mode.equals("sentinel")) {
            return Check.TOPOLOGY.fault(
                    where,
                    "a Sentinel, which keeps no entries",
                    "set sentinelMaster to the name of its master, or name the server itself");
        }
        if (mode.equals("cluster")) {
            return inCluster(kind, where);
        }
        if (kind == Kind.CLUSTER) {
            return Check.TOPOLOGY.fault(
                    where,
                    "a server alone, but the settings say Cluster (topology = cluster, or several nodes)",
                    "name one address with topology = standalone, or topology = shards for independent servers");
        }
        return seen.isReplica() ? replica(kind, where, seen.info().text("master_host")) : master(kind, where);
    }

    private static Finding inCluster(Kind kind, String where) {
        return kind == Kind.CLUSTER || kind == Kind.AUTO
                ? Check.TOPOLOGY.ok(where, "a node of a Cluster")
                : Check.TOPOLOGY.fault(
                        where,
                        "a node of a Cluster, which the settings do not say",
                        "set topology = cluster, or leave it unset");
    }

    private static Finding replica(Kind kind, String where, @Nullable String master) {
        return Check.TOPOLOGY.fault(
                where,
                "a replica" + (master == null ? "" : " of " + master) + ", given as a master: it refuses every write",
                kind == Kind.SENTINEL
                        ? "wait for the failover to end; if it has, the Sentinels are wrong: SENTINEL RESET"
                        : "name the master, or the Sentinels with sentinelMaster");
    }

    private static Finding master(Kind kind, String where) {
        return Check.TOPOLOGY.ok(
                where,
                switch (kind) {
                    case SENTINEL -> "the master";
                    case SHARDS -> "a server alone, with a share of the keys";
                    default -> "a server alone";
                });
    }

    /** @param mode what a server says that was named as a Sentinel */
    static Finding sentinel(String where, @Nullable String mode) {
        if (mode == null) {
            return Check.TOPOLOGY.skipped(where, "neither INFO nor HELLO tells what it is");
        }
        return mode.equals("sentinel")
                ? Check.TOPOLOGY.ok(where, "a Sentinel")
                : Check.TOPOLOGY.fault(
                        where,
                        "no Sentinel but a server with entries, though sentinelMaster is set",
                        "name the Sentinels (their port is 26379 unless changed), or unset sentinelMaster");
    }
}
