package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One {@code MGET} for several reads; each is told what the server has under its key. */
final class GatheredReads extends Command<byte[], byte[], Void> {
    private static final byte[] NAME = "\r\n$4\r\nMGET\r\n".getBytes(US_ASCII);

    private final List<ReadRequest> reads;
    private final Gathering gathering;

    GatheredReads(List<ReadRequest> reads, Gathering gathering) {
        super(CommandType.MGET, new Values(reads), null);
        this.reads = reads;
        this.gathering = gathering;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeByte('*');
        Resp.writeDecimal(out, reads.size() + 1);
        out.writeBytes(NAME);
        for (ReadRequest read : reads) {
            Resp.writeBulk(out, read.key());
        }
    }

    @Override
    public void complete() {
        if (!isDone()) {
            super.complete();
            if (getOutput().hasError()) {
                gathering.refused(getOutput().getError());
            }
            reads.forEach(Request::replied);
        }
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        if (isDone()) {
            return false;
        }
        super.completeExceptionally(cause);
        tell(read -> read.broken(cause));
        return true;
    }

    @Override
    public void cancel() {
        if (!isDone()) {
            super.cancel();
            tell(read -> read.broken(new CancellationException("the driver cancelled the command")));
        }
    }

    private void tell(Consumer<ReadRequest> what) {
        reads.forEach(what);
    }

    /** Gives each value to the read that asked for it, and makes no list. */
    private static final class Values extends CommandOutput<byte[], byte[], Void> {
        private final List<ReadRequest> reads;
        private int next;

        Values(List<ReadRequest> reads) {
            super(ByteArrayCodec.INSTANCE, null);
            this.reads = reads;
        }

        @Override
        public void multi(int count) {
            if (count != reads.size()) {
                throw new IllegalStateException("a reply of " + count + " elements to a question for " + reads.size());
            }
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {
            if (next == reads.size()) {
                throw new IllegalStateException("a reply of more elements than were asked for");
            }
            reads.get(next++).found(bytes);
        }
    }
}
