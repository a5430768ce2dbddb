package io.cacheservice.redis;

import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.server.Script;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script on one key, or on several in its hash slot.
 *
 * <p>It is called by its hash. A server that has forgotten it (new since the lane was opened, or {@code SCRIPT FLUSH}) is
 * sent the whole text: then, and only then, commands for the same key that were given meanwhile run before it.
 */
abstract class ScriptRequest<T extends @Nullable Object> extends KeyRequest<T> {
    private final ScriptDialect dialect;
    private ScriptCall call;
    private @Nullable String replacedAfter;
    private @Nullable LaneCommand<List<Object>> asked;
    private int resends;

    /** @param key where it is sent to */
    ScriptRequest(Dispatch dispatch, byte[] key, ScriptCall call) {
        this(dispatch, Access.WRITE, key, call);
    }

    /** @param access what it is to its callers: a script that may write can be part of a read, and has that one's time */
    ScriptRequest(Dispatch dispatch, Access access, byte[] key, ScriptCall call) {
        super(dispatch.routing(), access, call.script().fileName(), key, dispatch.deadline(access), call.weight());
        this.dialect = dispatch.dialect();
        this.call = call;
    }

    /** The answer that the reply is; a reply that is no list comes as a list of one. */
    abstract T read(List<Object> reply);

    /** One more argument, which depends on the lane that it goes over; null: none. */
    byte @Nullable [] lateArgument() {
        return null;
    }

    /** What the same server is asked instead, when it refuses; null: nothing. */
    @Nullable
    ScriptCall instead(String error) {
        return null;
    }

    /** The answer when it refuses and is asked nothing instead; by default the failure that this is. */
    T refused(String error) {
        throw Failures.refused(where(), name(), error);
    }

    /** What is asked now. */
    final ScriptCall call() {
        return call;
    }

    /** The error after which something else is asked {@link #instead}; null: there was none. */
    final @Nullable String replacedAfter() {
        return replacedAfter;
    }

    @Override
    final boolean isSettledHere(String error) {
        return instead(error) != null;
    }

    @Override
    byte @Nullable [] changes() {
        return super.changes() == null ? null : call.changes();
    }

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        resends = 0;
        ask(CommandType.EVALSHA, text().sha1(), out);
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
        if (textIsMissing && resends < 2) {
            resends++;
            ask(CommandType.EVAL, text().source(), out);
            return awaitingMore();
        }
        ScriptCall other = instead(error);
        if (other == null) {
            return refused(error);
        }
        call = other;
        replacedAfter = error;
        begin(out);
        return awaitingMore();
    }

    @Override
    @Nullable
    String error() {
        return asked == null ? null : asked.error();
    }

    private Script.Text text() {
        return call.script().text(dialect.knowsHeader());
    }

    private void ask(CommandType type, String scriptOrHash, List<RedisCommand<byte[], byte[], ?>> out) {
        CommandArgs<byte[], byte[]> args =
                args().add(scriptOrHash).add(call.keys().size());
        call.keys().forEach(args::addKey);
        call.arguments().forEach(args::add);
        byte[] late = lateArgument();
        if (late != null) {
            args.add(late);
        }
        LaneCommand<List<Object>> command = command(type, new BoundedArrayOutput(), args);
        asked = command;
        out.add(command);
    }
}
