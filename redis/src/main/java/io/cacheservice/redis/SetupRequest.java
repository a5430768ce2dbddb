package io.cacheservice.redis;

import io.cacheservice.CacheException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One command of opening a lane. */
final class SetupRequest<R> extends Request<R> {
    private final String where;
    private @Nullable LaneCommand<R> command;

    SetupRequest(String where, String name) {
        super(Access.SETUP, name, 0, 0);
        this.where = where;
    }

    static <R> SetupRequest<R> send(
            Lane lane,
            String where,
            String name,
            ProtocolKeyword type,
            CommandOutput<byte[], byte[], R> output,
            CommandArgs<byte[], byte[]> args) {
        SetupRequest<R> request = new SetupRequest<>(where, name);
        request.uses(new LaneCommand<>(request, type, output, args));
        lane.submit(request);
        return request;
    }

    /** What it sends; a command needs its request first. */
    void uses(LaneCommand<R> only) {
        command = only;
        expectReply();
    }

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        if (command != null) {
            out.add(command);
        }
    }

    @Override
    R answered(List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<R> used = command;
        if (used == null) {
            throw Failures.unexpectedReply(where, name(), null);
        }
        String error = used.error();
        if (error != null) {
            throw new Refused(error);
        }
        return used.get();
    }

    /** The error reply that {@code failure} is; null: something else. */
    static @Nullable String refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof Refused ? cause.getMessage() : null;
    }

    /** An error reply; the opening decides what it means. */
    private static final class Refused extends CacheException {
        private static final long serialVersionUID = 1L;

        Refused(String error) {
            super(error);
        }
    }
}
