package io.cacheservice.redis.internal.server;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reasons for which a server refuses, told by the text of its error reply, each with what helps. */
public enum Refusal {
    OOM(
            "OOM",
            "Redis has reached its maxmemory",
            "raise maxmemory on the server, set a maxmemory-policy that evicts (allkeys-lfu), or store less"),
    WRONGTYPE(
            "WRONGTYPE",
            "the key holds another type than a string",
            "delete it, or give the cache a keyPrefix of its own"),
    NOAUTH(
            "NOAUTH",
            "Redis asks for a password",
            "set password or passwordFile, and username if it is not the default"),
    WRONGPASS("WRONGPASS", "Redis does not know this user and password", "check username and password or passwordFile"),
    NOPERM(
            "NOPERM",
            "the Redis user lacks a right",
            "give the user the command and the keys that the message names (ACL SETUSER), or use another user"),
    READONLY(
            "READONLY",
            "this Redis is a read-only replica",
            "connect to the master, or let the service find it (topology)"),
    LOADING("LOADING", "Redis is still loading its data", "wait until it has: the service tries again by itself"),
    MASTERDOWN(
            "MASTERDOWN",
            "this Redis is a replica that has lost its master",
            "repair the replication or connect to the master"),
    CLUSTERDOWN("CLUSTERDOWN", "the Redis Cluster is down", "see CLUSTER INFO: some slots have no master"),
    MOVED(
            "MOVED",
            "this Redis is a node of a Cluster and does not own the key",
            "connect to a standalone Redis, or set topology = cluster"),
    TRYAGAIN(
            "TRYAGAIN",
            "the keys of a script are pulled apart while their slot moves to another node",
            "finish moving the slot: the service tries again by itself"),
    MISCONF(
            "MISCONF",
            "Redis cannot save to disk and has stopped taking writes",
            "free its disk, or set stop-writes-on-bgsave-error no"),
    NOREPLICAS(
            "NOREPLICAS", "Redis has too few replicas to take writes", "repair the replicas (min-replicas-to-write)"),
    BUSY("BUSY", "Redis is running a long script", "wait for it, or end it with SCRIPT KILL"),
    TOO_MANY_CLIENTS(
            "ERR max number of clients",
            "Redis has as many clients as its maxclients allows",
            "raise maxclients, or lower poolSize"),
    TOO_OLD(
            "NOPROTO",
            "this Redis does not speak the protocol RESP3",
            "use Redis 6.2 or later, or any Valkey, and no proxy that lacks HELLO"),
    DB_IN_CLUSTER(
            "ERR SELECT is not allowed in cluster mode",
            "a Redis Cluster has only database 0",
            "set db = 0 (keyPrefix keeps users apart), or use a Redis without Cluster"),
    DB_RANGE(
            "ERR DB index is out of range",
            "this Redis has no database of the number db",
            "lower db, or raise databases on the server"),
    NO_SCRIPT("NOSCRIPT", "Redis has forgotten a script", "none is needed: it is sent again"),
    OTHER("", "Redis refused", "see the server's documentation for this error");

    /** Servers quote arguments after these words, the password of a HELLO among them. */
    private static final Pattern QUOTED_ARGUMENTS = Pattern.compile(",? ?with args beginning with.*", Pattern.DOTALL);

    private final String beginning;
    private final String reason;
    private final String remedy;

    Refusal(String beginning, String reason, String remedy) {
        this.beginning = beginning;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** What kind of error reply {@code text} is. */
    public static Refusal of(@Nullable String text) {
        if (text == null) {
            return OTHER;
        }
        for (Refusal refusal : values()) {
            if (text.startsWith(refusal.beginning) && refusal != OTHER) {
                return refusal;
            }
        }
        if (text.startsWith("ERR unknown command")
                && text.toUpperCase(Locale.ROOT).contains("HELLO")) {
            return TOO_OLD;
        }
        return text.startsWith("ERR Error running script") ? ofScript(text) : OTHER;
    }

    /** Whether a command is forbidden to this user, or to everybody: renamed, or hidden by a managed service. */
    public static boolean isForbidden(String error) {
        return of(error) == NOPERM || error.toLowerCase(Locale.ROOT).startsWith("err unknown ");
    }

    /** An error reply without what a server may quote of the command. */
    public static String withoutArguments(String error) {
        return QUOTED_ARGUMENTS.matcher(error).replaceFirst("").strip();
    }

    /** Before version 7, Redis wraps the error that a command of a script met. */
    private static Refusal ofScript(String text) {
        for (Refusal refusal : new Refusal[] {OOM, WRONGTYPE, NOPERM, READONLY, MISCONF}) {
            if (text.contains(refusal.beginning)) {
                return refusal;
            }
        }
        return OTHER;
    }

    /** Whether trying again is of no use until somebody changes the configuration here or on the server. */
    public boolean isLasting() {
        return switch (this) {
            case NOAUTH, WRONGPASS, NOPERM, TOO_OLD, DB_RANGE, DB_IN_CLUSTER -> true;
            default -> false;
        };
    }

    /** Whether the server is not, or not now, what the key needs: perhaps another is. */
    public boolean isAboutTopology() {
        return switch (this) {
            case READONLY, LOADING, MASTERDOWN, CLUSTERDOWN, MOVED, TRYAGAIN -> true;
            default -> false;
        };
    }

    /** How the error reply begins. */
    public String beginning() {
        return beginning;
    }

    /** What it means, for people. */
    public String reason() {
        return reason;
    }

    /** What helps, for people. */
    public String remedy() {
        return remedy;
    }
}
