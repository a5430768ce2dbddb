package io.cacheservice.redis;

import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.server.Script;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script on one key.
 *
 * <p>It is called by its hash. A server that has forgotten it (new since the lane was opened, or {@code SCRIPT FLUSH}) is
 * sent the whole text: then, and only then, commands for the same key that were given meanwhile run before it.
 */
abstract class ScriptRequest<T extends @Nullable Object> extends KeyRequest<T> {
    private final Script script;
    private final ScriptDialect dialect;
    private final byte[][] arguments;
    private @Nullable LaneCommand<List<Object>> asked;
    private int resends;

    ScriptRequest(
            Routing routing,
            Script script,
            ScriptDialect dialect,
            long deadlineNanos,
            byte[] key,
            byte[]... arguments) {
        super(routing, Access.WRITE, script.fileName(), key, deadlineNanos, weight(arguments));
        this.script = script;
        this.dialect = dialect;
        this.arguments = arguments;
    }

    private static int weight(byte[][] arguments) {
        int sum = 0;
        for (byte[] argument : arguments) {
            sum += argument.length;
        }
        return sum;
    }

    /** The answer that the reply is; a reply that is no list comes as a list of one. */
    abstract T read(List<Object> reply);

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        resends = 0;
        ask(CommandType.EVALSHA, script.text(dialect.knowsHeader()).sha1(), out);
    }

    @Override
    T answered(List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<List<Object>> command = asked;
        if (command == null) {
            throw Failures.unexpectedReply(where(), name(), null);
        }
        String error = error();
        if (error == null) {
            return read(command.get());
        }
        boolean textIsMissing = Refusal.of(error) == Refusal.NO_SCRIPT || dialect.learnFrom(error);
        // forgotten, then a header that is not understood: twice is all there can be
        if (!textIsMissing || resends == 2) {
            throw Failures.refused(where(), name(), error);
        }
        resends++;
        ask(CommandType.EVAL, script.text(dialect.knowsHeader()).source(), out);
        return awaitingMore();
    }

    @Override
    @Nullable
    String error() {
        return asked == null ? null : asked.error();
    }

    private void ask(CommandType type, String scriptOrHash, List<RedisCommand<byte[], byte[], ?>> out) {
        CommandArgs<byte[], byte[]> args = args().add(scriptOrHash).add(1).addKey(key());
        for (byte[] argument : arguments) {
            args.add(argument);
        }
        LaneCommand<List<Object>> command = command(type, new ArrayOutput<>(ByteArrayCodec.INSTANCE), args);
        asked = command;
        out.add(command);
    }
}
