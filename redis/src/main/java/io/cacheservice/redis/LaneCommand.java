package io.cacheservice.redis;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One command of a {@link Request}: the driver reports its end here, on the event loop at reply time. */
class LaneCommand<R> extends Command<byte[], byte[], R> {
    private final Request<?> request;

    LaneCommand(
            Request<?> request,
            ProtocolKeyword type,
            CommandOutput<byte[], byte[], R> output,
            @Nullable CommandArgs<byte[], byte[]> args) {
        super(type, output, args);
        this.request = request;
    }

    /** The raw text of an error reply; null: the reply is {@link #get()}. */
    final @Nullable String error() {
        return getOutput().hasError() ? getOutput().getError() : null;
    }

    @Override
    public void complete() {
        if (!isDone()) {
            super.complete();
            request.replied();
        }
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        if (isDone()) {
            return false;
        }
        super.completeExceptionally(cause);
        request.broken(cause);
        return true;
    }

    @Override
    public void cancel() {
        if (!isDone()) {
            super.cancel();
            request.broken(new CancellationException("the driver cancelled the command"));
        }
    }
}
