package io.cacheservice.redis;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of one command whose reply is read by {@link #read}. */
abstract class Call<R, T extends @Nullable Object> extends KeyRequest<T> {
    private final ProtocolKeyword type;
    private final CommandArgs<byte[], byte[]> args;
    private @Nullable LaneCommand<R> command;

    Call(
            Routing routing,
            Access access,
            byte[] key,
            long deadlineNanos,
            int weight,
            ProtocolKeyword type,
            CommandArgs<byte[], byte[]> args) {
        super(routing, access, type.toString(), key, deadlineNanos, weight);
        this.type = type;
        this.args = args;
    }

    /** A fresh holder of the reply. */
    abstract CommandOutput<byte[], byte[], R> output();

    /** The answer that a reply is; null: the reply was a null. */
    abstract T read(@Nullable R reply);

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<R> begun = command(type, output(), args);
        command = begun;
        out.add(begun);
    }

    @Override
    T answered(List<RedisCommand<byte[], byte[], ?>> out) {
        String error = error();
        if (error != null) {
            throw Failures.refused(where(), name(), error);
        }
        return read(command == null ? null : command.get());
    }

    @Override
    @Nullable
    String error() {
        return command == null ? null : command.error();
    }
}
