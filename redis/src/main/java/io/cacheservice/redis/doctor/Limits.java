package io.cacheservice.redis.doctor;

import io.cacheservice.CacheConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the server's own parameters allow: config, limits and clients. Pure. */
final class Limits {
    private static final int FEW_LEFT_PERCENT = 85;
    private static final int NONE_LEFT_PERCENT = 97;
    private static final long SMALL_TRACKING_TABLE = 100_000;

    private Limits() {}

    static List<Finding> findings(ServerSeen seen, CacheConfig settings) {
        List<Finding> findings = new ArrayList<>();
        Reply any = seen.config().getOrDefault("timeout", new Reply.Lost("not asked"));
        if (any.fields().isEmpty()) {
            findings.add(noConfig(seen, settings, any));
            findings.add(Check.LIMITS.skipped(
                    seen.where(), "timeout, tracking-table-max-keys and proto-max-bulk-len are told by CONFIG only"));
        } else {
            findings.add(Check.CONFIG.ok(seen.where(), "may be read"));
            findings.add(limits(seen, settings));
        }
        findings.add(clients(seen));
        return findings;
    }

    private static Finding noConfig(ServerSeen seen, CacheConfig settings, Reply reply) {
        String blind = seen.info().isKnown()
                ? "; maxmemory and its policy were taken from INFO, the check limits could not be made"
                : "; the checks limits, eviction, memory and clients could not be made";
        String told = "CONFIG may not be read (" + reply.trouble() + ")" + blind;
        String remedy = "+config|get for the user, where the provider of the server allows it";
        boolean needed =
                settings.maxMemory().isPresent() || settings.maxMemoryPolicy().isPresent();
        return needed
                ? Check.CONFIG.warning(
                        seen.where(),
                        told + ". The service cannot hold the server to maxMemory and maxMemoryPolicy",
                        remedy + ", and +config|set with manageServer; or leave these settings unset")
                : Check.CONFIG.note(seen.where(), told, remedy);
    }

    private static Finding limits(ServerSeen seen, CacheConfig settings) {
        long longest = config(seen, "proto-max-bulk-len");
        if (longest >= 0 && longest < settings.maxValueBytes()) {
            return Check.LIMITS.warning(
                    seen.where(),
                    "proto-max-bulk-len is " + longest + ", but maxValueBytes is " + settings.maxValueBytes()
                            + ": larger values end the connection",
                    "CONFIG SET proto-max-bulk-len " + settings.maxValueBytes() + ", or lower maxValueBytes");
        }
        long table = config(seen, "tracking-table-max-keys");
        if (table > 0 && table < SMALL_TRACKING_TABLE) {
            return Check.LIMITS.note(
                    seen.where(),
                    "tracking-table-max-keys is " + table + ": more tracked keys invalidate each other",
                    "CONFIG SET tracking-table-max-keys 1000000, the default");
        }
        long idleSeconds = config(seen, "timeout");
        if (idleSeconds > 0) {
            return Check.LIMITS.note(
                    seen.where(),
                    "timeout is " + idleSeconds + ": connections that are idle so many seconds are closed",
                    "CONFIG SET timeout 0, the default");
        }
        return Check.LIMITS.ok(seen.where(), "timeout, tracking-table-max-keys and proto-max-bulk-len are in order");
    }

    private static long config(ServerSeen seen, String name) {
        Reply reply = seen.config().get(name);
        return reply == null ? -1 : Info.whole(reply.fields().get(name));
    }

    private static Finding clients(ServerSeen seen) {
        long connected = seen.info().number("connected_clients");
        long most = Info.whole(seen.parameter("maxclients", "maxclients"));
        if (connected < 0 || most <= 0) {
            return Check.CLIENTS.skipped(
                    seen.where(), "neither INFO nor CONFIG tells maxclients and connected_clients");
        }
        long percent = 100 * connected / most;
        String use = String.format(Locale.ROOT, "%d of %d connections are used", connected, most);
        String remedy = "raise maxclients, lower poolSize, or find who opens so many: CLIENT LIST";
        if (percent >= NONE_LEFT_PERCENT) {
            return Check.CLIENTS.fault(seen.where(), use + ": new ones are or will soon be refused", remedy);
        }
        return percent >= FEW_LEFT_PERCENT
                ? Check.CLIENTS.warning(seen.where(), use, remedy)
                : Check.CLIENTS.ok(seen.where(), use);
    }
}
