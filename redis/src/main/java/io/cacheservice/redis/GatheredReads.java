package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One {@code MGET}; who asks is told what the server has under each of his keys. */
final class GatheredReads extends Command<byte[], byte[], Void> {
    private static final byte[] NAME = "\r\n$4\r\nMGET\r\n".getBytes(US_ASCII);

    private final Asker asker;
    private final Gathering gathering;

    GatheredReads(Asker asker, Gathering gathering) {
        super(CommandType.MGET, new Values(asker), null);
        this.asker = asker;
        this.gathering = gathering;
    }

    /** Who asks; told of everything on the event loop. */
    interface Asker {
        /** How many keys he asks for. */
        int size();

        /** One of them, counted from 0. */
        byte[] key(int at);

        /** What is under it; null: nothing, or no string. */
        void found(int at, @Nullable ByteBuffer bytes);

        /** All has been told, or the server answered with {@code error}. */
        void replied(@Nullable String error);

        /** There will be no reply. */
        void broken(Throwable cause);
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeByte('*');
        Resp.writeDecimal(out, asker.size() + 1);
        out.writeBytes(NAME);
        for (int at = 0; at < asker.size(); at++) {
            Resp.writeBulk(out, asker.key(at));
        }
    }

    @Override
    public void complete() {
        if (!isDone()) {
            super.complete();
            String error = getOutput().hasError() ? getOutput().getError() : null;
            if (error != null) {
                gathering.refused(error);
            }
            asker.replied(error);
        }
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        if (isDone()) {
            return false;
        }
        super.completeExceptionally(cause);
        asker.broken(cause);
        return true;
    }

    @Override
    public void cancel() {
        if (!isDone()) {
            super.cancel();
            asker.broken(new CancellationException("the driver cancelled the command"));
        }
    }

    /** Hands each value over, and makes no list. */
    private static final class Values extends CommandOutput<byte[], byte[], Void> {
        private final Asker asker;
        private int next;

        Values(Asker asker) {
            super(ByteArrayCodec.INSTANCE, null);
            this.asker = asker;
        }

        @Override
        public void multi(int count) {
            if (count != asker.size()) {
                throw new IllegalStateException("a reply of " + count + " elements to a question for " + asker.size());
            }
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {
            if (next == asker.size()) {
                throw new IllegalStateException("a reply of more elements than were asked for");
            }
            asker.found(next++, bytes);
        }
    }
}
