package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.server.Refusal;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a server for a key of its own and for its role: see {@link ProbeVerdict}. */
final class ProbeRequest extends Request<ProbeVerdict.Replies> {
    /** How the role is asked for: as much as the user may. */
    enum Question {
        INFO_REPLICATION,
        ROLE,
        NONE;

        Question less() {
            return this == INFO_REPLICATION ? ROLE : NONE;
        }
    }

    private final byte[] canary;
    private final Question question;
    private @Nullable LaneCommand<byte[]> read;
    private @Nullable LaneCommand<byte[]> info;
    private @Nullable LaneCommand<List<Object>> role;
    private boolean roleIsForbidden;

    ProbeRequest(byte[] canary, Question question) {
        super(Access.SETUP, "probe", 0, 0);
        this.canary = canary;
        this.question = question;
    }

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<byte[]> reading = command(
                CommandType.GETRANGE,
                new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
                args().addKey(canary).add(0).add(0));
        read = reading;
        out.add(reading);
        if (question == Question.INFO_REPLICATION) {
            LaneCommand<byte[]> asking = command(
                    CommandType.INFO, new ByteArrayOutput<>(ByteArrayCodec.INSTANCE), args().add("replication"));
            info = asking;
            out.add(asking);
        } else if (question == Question.ROLE) {
            LaneCommand<List<Object>> asking = command(CommandType.ROLE, new BoundedArrayOutput(), args());
            role = asking;
            out.add(asking);
        }
    }

    @Override
    ProbeVerdict.Replies answered(List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<byte[]> told = info;
        LaneCommand<List<Object>> named = role;
        String error = error(told) != null ? error(told) : error(named);
        roleIsForbidden = error != null && Refusal.isForbidden(error);
        if (error(read) != null || (error != null && !roleIsForbidden)) {
            return new ProbeVerdict.Replies(error(read) != null ? error(read) : error, null, null);
        }
        byte[] text = told == null || roleIsForbidden ? null : told.get();
        return new ProbeVerdict.Replies(
                null,
                text == null ? null : new String(text, UTF_8),
                named == null || roleIsForbidden ? null : ProbeVerdict.roleIn(named.get()));
    }

    /** Callers must not be refused because we ask for ourselves, perhaps several times while the network is slow. */
    @Override
    int places() {
        return 0;
    }

    private static @Nullable String error(@Nullable LaneCommand<?> command) {
        return command == null ? null : command.error();
    }

    /** Whether this user may not ask for the role in this way, so that less must be asked. */
    boolean isRoleForbidden() {
        return roleIsForbidden;
    }
}
