package io.cacheservice.redis.doctor;

import io.cacheservice.CacheConfig;
import io.cacheservice.redis.doctor.ServerSeen.KeysSeen;
import io.cacheservice.redis.doctor.ServerSeen.Need;
import io.cacheservice.redis.doctor.ServerSeen.TrackingSeen;
import io.cacheservice.redis.doctor.ServerSeen.Tried;
import io.cacheservice.redis.internal.server.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the user may do: rights, scripts and tracking. Pure. */
final class Rights {
    /** Without these the service does the same in another way. */
    private static final Set<String> LESSER = Set.of("script|load", "mget");

    private Rights() {}

    /**
     * @param user whose rights they are
     * @param settings what the service would be opened with
     */
    static List<Finding> findings(ServerSeen seen, String user, CacheConfig settings) {
        List<Finding> findings = new ArrayList<>(rights(seen, user, settings.keyPrefix()));
        KeysSeen keys = seen.keys();
        if (keys == null) {
            String why = "this server has no slot, and so no keys";
            findings.add(Check.SCRIPTS.skipped(seen.where(), why));
            findings.add(Check.TRACKING.skipped(seen.where(), why));
        } else {
            findings.add(script(seen.where(), keys.script(), user));
            findings.add(tracking(seen.where(), keys.tracking(), user, settings.maxStaleness()));
        }
        return findings;
    }

    private static List<Finding> rights(ServerSeen seen, String user, String keyPrefix) {
        List<Tried> tried = new ArrayList<>(seen.asked());
        KeysSeen keys = seen.keys();
        if (keys != null) {
            tried.addAll(keys.tried());
        }
        List<Tried> missing = forbidden(tried, Need.ALWAYS);
        List<Tried> wanted = forbidden(tried, Need.BETTER);
        if (tried.stream().anyMatch(one -> one.reply() instanceof Reply.Lost)) {
            return List.of(Check.RIGHTS.skipped(seen.where(), "the server stopped answering"));
        }
        List<Finding> findings = new ArrayList<>();
        if (!missing.isEmpty()) {
            findings.add(Check.RIGHTS.fault(
                    seen.where(),
                    "the user " + user + " may not use " + names(missing) + " on keys " + keyPrefix + "*: "
                            + missing.get(0).reply().trouble(),
                    grant(user, missing) + " ~" + keyPrefix + "*, and undo renamed commands"));
        }
        if (!wanted.isEmpty()) {
            findings.add(Check.RIGHTS.warning(
                    seen.where(),
                    "the user " + user + " may not use " + names(wanted) + ": " + consequence(wanted),
                    grant(user, wanted)));
        }
        return findings.isEmpty()
                ? List.of(Check.RIGHTS.ok(
                        seen.where(),
                        "the user " + user + " may use " + names(tried)
                                + (keys == null ? "" : " on keys " + keyPrefix + "*")))
                : findings;
    }

    private static List<Tried> forbidden(List<Tried> tried, Need need) {
        return tried.stream()
                .filter(one -> one.need() == need && one.reply().isForbidden())
                .toList();
    }

    private static String names(List<Tried> tried) {
        return tried.stream().map(Tried::right).collect(Collectors.joining(" "));
    }

    private static String consequence(List<Tried> wanted) {
        List<String> lessons = new ArrayList<>();
        if (wanted.stream().anyMatch(one -> one.right().equals("script|load"))) {
            lessons.add("scripts are sent whole whenever the server has forgotten them");
        }
        if (wanted.stream().anyMatch(one -> one.right().equals("mget"))) {
            lessons.add("reads at the same time are sent one by one");
        }
        if (wanted.stream().anyMatch(one -> !LESSER.contains(one.right()))) {
            lessons.add(
                    "after a lost connection, a write whose outcome was unknown may land after a newer one, and some checks"
                            + " see less");
        }
        return String.join("; ", lessons);
    }

    private static String grant(String user, List<Tried> lacking) {
        return "ACL SETUSER " + user
                + lacking.stream().map(one -> " +" + one.right()).collect(Collectors.joining());
    }

    private static Finding script(String where, Reply script, String user) {
        if (script.value() != null) {
            return Check.SCRIPTS.ok(where, "a script of ours ran on a probe key");
        }
        if (isAboutTheServer(script)) {
            return Check.SCRIPTS.skipped(where, "the server takes no writes now: " + script.trouble());
        }
        return Check.SCRIPTS.fault(
                where,
                "a script of ours did not run: " + script.trouble(),
                "leases, conditional writes and counters need scripts: ACL SETUSER " + user
                        + " +evalsha +eval +script|load, and for what they call +getex +pttl +set +del +incrby");
    }

    /** In which mode local copies are kept, and why. */
    private static Finding tracking(String where, TrackingSeen seen, String user, Duration maxStaleness) {
        String byAge = maxStaleness.isZero()
                ? "; maxStaleness is none, so that nothing is kept in front of Redis anyway"
                : "; local copies are used for maxStaleness = " + maxStaleness.toMillis()
                        + " ms after each read and not longer";
        if (seen.on().value() == null) {
            return Check.TRACKING.warning(
                    where,
                    "tracking off: CLIENT TRACKING ON was refused (" + seen.on().trouble() + ")" + byAge,
                    "ACL SETUSER " + user + " +client|tracking, RESP3, and no proxy without CLIENT TRACKING");
        }
        if (seen.write().value() == null) {
            return Check.TRACKING.skipped(
                    where, "no write that could be noticed: " + seen.write().trouble());
        }
        return seen.arrived()
                ? Check.TRACKING.ok(
                        where,
                        "the invalidation of a foreign write arrived"
                                + (maxStaleness.isZero() ? byAge : "; local copies are used until they change"))
                : Check.TRACKING.warning(
                        where,
                        "tracking off: it can be turned on, but no invalidation of a foreign write arrived" + byAge,
                        "RESP3 all the way: take a proxy away that drops pushed messages; may the user read the key?");
    }

    /** Whether the server refuses writes of everybody: another check tells that. */
    private static boolean isAboutTheServer(Reply reply) {
        String error = reply.error();
        return reply instanceof Reply.Lost
                || reply.is(Refusal.OOM)
                || reply.is(Refusal.MISCONF)
                || reply.is(Refusal.NOREPLICAS)
                || reply.is(Refusal.BUSY)
                || Refusal.of(error).isAboutTopology();
    }
}
