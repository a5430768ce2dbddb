package io.cacheservice.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a replica is behind its master. */
final class Replication {
    private Replication() {}

    /** Null if the replica has everything that the master had when this was asked; else what it lacks. */
    static @Nullable String lag(RedisServer master, RedisServer replica) {
        long written = offset(master.info(), "master_repl_offset");
        Map<String, String> info = replica.info();
        if (!"up".equals(info.get("master_link_status"))) {
            return replica + " has no link to its master " + master;
        }
        long read = offset(info, "slave_repl_offset");
        return read < written ? replica + " has read " + read + " of the " + written + " bytes of " + master : null;
    }

    private static long offset(Map<String, String> info, String field) {
        return Long.parseLong(info.getOrDefault(field, "0"));
    }
}
