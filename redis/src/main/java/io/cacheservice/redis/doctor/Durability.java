package io.cacheservice.redis.doctor;

import io.cacheservice.redis.doctor.ServerSeen.KeysSeen;
import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.Deployment.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of entries when a disk or a server fails, told where it matters only: persistence and replication. Pure. */
final class Durability {
    private static final Pattern REPLICA_LAG = Pattern.compile(".*lag=([0-9]{1,9}).*");

    private Durability() {}

    static List<Finding> findings(ServerSeen seen, Kind kind) {
        if (!seen.info().isKnown()) {
            return List.of(
                    Check.PERSISTENCE.skipped(seen.where(), "INFO may not be read"),
                    Check.REPLICATION.skipped(seen.where(), "INFO may not be read"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(persistence(seen));
        findings.add(replication(seen, kind));
        return findings;
    }

    private static Finding persistence(ServerSeen seen) {
        KeysSeen keys = seen.keys();
        Info info = seen.info();
        String remedy = "free its disk and see its log; for a cache, saving can be off (save \"\", appendonly no)";
        if (keys != null && keys.write().is(Refusal.MISCONF)) {
            return Check.PERSISTENCE.fault(seen.where(), "Redis cannot save to disk and refuses every write", remedy);
        }
        if (info.says("loading", "1")) {
            return Check.PERSISTENCE.fault(
                    seen.where(), "Redis is loading its data and answers nothing yet", Refusal.LOADING.remedy());
        }
        boolean failing = info.says("rdb_last_bgsave_status", "err") || info.says("aof_last_write_status", "err");
        return failing
                ? Check.PERSISTENCE.warning(
                        seen.where(), "the last save to disk failed; Redis may refuse writes for it", remedy)
                : Check.PERSISTENCE.ok(seen.where(), "nothing that stops writes");
    }

    private static Finding replication(ServerSeen seen, Kind kind) {
        KeysSeen keys = seen.keys();
        if (keys != null && keys.write().is(Refusal.NOREPLICAS)) {
            return Check.REPLICATION.fault(
                    seen.where(), "writes are refused: too few replicas", Refusal.NOREPLICAS.remedy());
        }
        long replicas = seen.info().number("connected_slaves");
        boolean failoverIsMeant = kind == Kind.SENTINEL || "cluster".equals(seen.mode());
        if (replicas == 0 && failoverIsMeant && !seen.isReplica()) {
            return Check.REPLICATION.note(
                    seen.where(), "no replica: nobody can take over when this server fails", "add a replica");
        }
        long lag = longestLag(seen.info());
        return lag > 1
                ? Check.REPLICATION.warning(
                        seen.where(),
                        "a replica is " + lag + " s behind: a failover to it would lose as much",
                        "see the load and the network of the replica")
                : Check.REPLICATION.ok(seen.where(), replicas > 0 ? "replicas keep up: " + replicas : "not in use");
    }

    private static long longestLag(Info info) {
        long longest = 0;
        for (int i = 0; info.text("slave" + i) != null; i++) {
            Matcher lag = REPLICA_LAG.matcher(String.valueOf(info.text("slave" + i)));
            if (lag.matches()) {
                longest = Math.max(longest, Info.whole(lag.group(1)));
            }
        }
        return longest;
    }
}
