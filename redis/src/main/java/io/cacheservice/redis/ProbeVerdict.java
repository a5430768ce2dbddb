package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.server.Refusal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the answers to a probe say of a server: a pure decision.
 *
 * <p>That a server answers proves nothing: one that is the master no longer still answers, and hears of none of the new
 * master's writes. So it must serve a key of its own, say that it is the master, and, where the topology gives it replicas,
 * be followed by one of them: replicas acknowledge each second, and those of a master that was replaced follow another.
 */
sealed interface ProbeVerdict {
    /** It is the master of what it serves. */
    record Good() implements ProbeVerdict {}

    /** It may have been replaced: that it answered this probe proves nothing. */
    record Doubtful(String reason) implements ProbeVerdict {}

    /** It is not the master, or serves nothing: what was read from it is vouched for no longer. */
    record Lost(String reason) implements ProbeVerdict {}

    /** It does not hold the key that was asked for; others may still be its own. */
    record Elsewhere(String error) implements ProbeVerdict {}

    /**
     * What was answered.
     *
     * @param canaryError the error to the read of a key; null: it was read
     * @param replication the reply to {@code INFO replication}; null: not asked, or not allowed
     * @param role the first part of the reply to {@code ROLE}; null: not asked, or not allowed
     */
    record Replies(
            @Nullable String canaryError,
            @Nullable String replication,
            @Nullable String role) {}

    Pattern ROLE = Pattern.compile("(?m)^role:(\\w+)");
    Pattern FOLLOWER = Pattern.compile("(?m)^slave\\d+:.*state=online.*lag=(\\d{1,9})(?!\\d)");
    /** Replicas report each second, so that this much lag means: within the last two. */
    int MOST_LAG_SECONDS = 1;

    /** The verdict; {@code hasReplicas}: the topology says that others follow it. */
    static ProbeVerdict of(Replies replies, boolean hasReplicas) {
        if (replies.canaryError() != null) {
            return ofRefusal(replies.canaryError());
        }
        String role = role(replies);
        if (role != null && !role.equals("master")) {
            return new Lost("it is a " + role + " now");
        }
        if (hasReplicas && replies.replication() != null && !isFollowed(replies.replication())) {
            return new Doubtful("no replica has followed it within the last two seconds");
        }
        return new Good();
    }

    private static ProbeVerdict ofRefusal(String error) {
        Refusal refusal = Refusal.of(error);
        if (error.startsWith("MOVED ") || error.startsWith("ASK ")) {
            return new Elsewhere(error);
        }
        return refusal == Refusal.NOPERM
                ? new Doubtful("this user may not read the key that proves it: " + error)
                : new Lost("it refuses to serve: " + error);
    }

    private static @Nullable String role(Replies replies) {
        if (replies.replication() == null) {
            return replies.role();
        }
        Matcher matcher = ROLE.matcher(replies.replication());
        return matcher.find() ? matcher.group(1) : null;
    }

    private static boolean isFollowed(String replication) {
        Matcher followers = FOLLOWER.matcher(replication);
        return followers
                .results()
                .map(follower -> Long.parseLong(follower.group(1)))
                .anyMatch(lag -> lag <= MOST_LAG_SECONDS);
    }

    /** The first part of a reply to {@code ROLE}; null: it is none. */
    static @Nullable String roleIn(@Nullable List<Object> reply) {
        return reply != null && !reply.isEmpty() && reply.get(0) instanceof byte[] name
                ? new String(name, UTF_8)
                : null;
    }
}
