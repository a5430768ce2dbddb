package io.cacheservice.redis;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of one command whose reply is read by {@link #read}. */
abstract class Call<R, T extends @Nullable Object> extends Request<T> {
    private final String where;
    private final LaneCommand<R> command;

    Call(
            String where,
            Access access,
            long deadlineNanos,
            int weight,
            ProtocolKeyword type,
            CommandOutput<byte[], byte[], R> output,
            CommandArgs<byte[], byte[]> args) {
        super(access, type.toString(), deadlineNanos, weight);
        this.where = where;
        this.command = command(type, output, args);
    }

    /** The answer that a reply is; null: the reply was a null. */
    abstract T read(@Nullable R reply);

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        out.add(command);
    }

    @Override
    T answered(List<RedisCommand<byte[], byte[], ?>> out) {
        String error = command.error();
        if (error != null) {
            throw Failures.refused(where, name(), error);
        }
        return read(command.get());
    }
}
