package io.cacheservice.redis.doctor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one server said and did. Immutable.
 *
 * @param where its address
 * @param info what {@code INFO} said
 * @param hello what {@code HELLO} said; empty: nothing
 * @param config what {@code CONFIG GET} answered, by parameter
 * @param keys what was tried on a probe key; null: this server has no slot, and so no keys
 * @param asked what was tried besides
 * @param pingNanos how long each answer to a {@code PING} took
 * @param clockAheadMillis how far the server's clock is ahead of ours; null: it does not tell the time
 */
record ServerSeen(
        String where,
        Info info,
        Map<String, String> hello,
        Map<String, Reply> config,
        @Nullable KeysSeen keys,
        List<Tried> asked,
        List<Long> pingNanos,
        @Nullable Long clockAheadMillis) {
    /** How much the service needs a command. */
    enum Need {
        /** Without it nothing works. */
        ALWAYS,
        /** Without it something is less safe or less fast. */
        BETTER
    }

    /**
     * A command that was sent.
     *
     * @param right what an access control list calls it
     */
    record Tried(String right, Need need, Reply reply) {}

    /**
     * What was tried on a probe key.
     *
     * @param tried the commands
     * @param write how a write was answered
     * @param script how one of our scripts was answered
     * @param tracking whether invalidations arrive
     */
    record KeysSeen(List<Tried> tried, Reply write, Reply script, TrackingSeen tracking) {}

    /**
     * A key was read on a connection with tracking, and then written by another.
     *
     * @param on how the server answered that tracking be turned on
     * @param write how the foreign write was answered
     * @param arrived whether the invalidation came
     */
    record TrackingSeen(Reply on, Reply write, boolean arrived) {}

    /** The value of a server's parameter: {@code INFO} has it for everybody, {@code CONFIG} for some. */
    @Nullable
    String parameter(String infoName, String configName) {
        String told = info.text(infoName);
        Reply reply = config.get(configName);
        return told != null || reply == null ? told : reply.fields().get(configName);
    }

    /** {@code standalone}, {@code cluster} or {@code sentinel}; null: not told. */
    @Nullable
    String mode() {
        String mode = info.text("redis_mode");
        return mode != null ? mode : hello.get("mode");
    }

    /** Whether it says that it copies another. */
    boolean isReplica() {
        String role = info.text("role");
        return "slave".equals(role) || (role == null && "replica".equals(hello.get("role")));
    }
}
