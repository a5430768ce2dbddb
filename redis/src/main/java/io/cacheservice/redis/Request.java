package io.cacheservice.redis;

import io.cacheservice.CacheException;
import io.cacheservice.spi.Proof;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of one lane, and the future he holds: one or several commands that go to the wire back to back, then
 * perhaps more that depend on their replies.
 *
 * <p>Everything but the future is touched by the lane's event loop only, after the request was handed to the lane. A
 * request whose time is up fails its future and lives on until the last reply came or the lane died.
 */
abstract class Request<T extends @Nullable Object> extends CompletableFuture<T> {
    /** Where there are no hash slots, or no key. */
    static final int NO_SLOT = -1;

    private final Access access;
    private final String name;
    private final long deadlineNanos;
    private final int weight;
    private long sentAtNanos;
    private @Nullable Proof proof;
    private boolean sent;
    private int unanswered;
    private @Nullable Lane lane;

    /**
     * @param name what it does, for messages
     * @param deadlineNanos when its time is up, on the tier's clock
     * @param weight bytes of the values it carries
     */
    Request(Access access, String name, long deadlineNanos, int weight) {
        this.access = access;
        this.name = name;
        this.deadlineNanos = deadlineNanos;
        this.weight = weight;
    }

    /** Adds the commands to begin with. */
    abstract void begin(List<RedisCommand<byte[], byte[], ?>> out);

    /**
     * Looks at the replies: the answer, unless it adds commands that are needed first.
     *
     * @throws CacheException what the future is to fail with
     */
    abstract T answered(List<RedisCommand<byte[], byte[], ?>> out);

    /** What {@link #answered} returns after it asked for more: nobody looks at it. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T extends @Nullable Object> T awaitingMore() {
        return null;
    }

    final <R> LaneCommand<R> command(
            ProtocolKeyword type, CommandOutput<byte[], byte[], R> output, CommandArgs<byte[], byte[]> args) {
        expectReply();
        return new LaneCommand<>(this, type, output, args);
    }

    final void expectReply() {
        unanswered++;
    }

    static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }

    /** The lane took this request and will tell it what happens. */
    final void takenBy(Lane by) {
        lane = by;
    }

    /** The lane that took it last; only for what happens after that. */
    final Lane lane() {
        if (lane == null) {
            throw new IllegalStateException("the request " + name + " was given to no lane");
        }
        return lane;
    }

    /** The server that it was sent to, for messages. */
    final String where() {
        return lane().address().toString();
    }

    /**
     * Looks at the replies: where the request has to be sent instead, since this server refused it; null: nowhere, {@link
     * #answered} has what is to be told.
     */
    @Nullable
    Onward onward() {
        return null;
    }

    /** Begins anew where {@link #onward} said, after the lane has let go of it. */
    void goOn(Onward onward) {
        throw new IllegalStateException(name + " is bound to its server");
    }

    /** Whether another server sent it here, so that it is older than others that were sent at the same time. */
    boolean isRedirected() {
        return false;
    }

    /** How many of the {@code maxPending} that may wait for an answer it is. */
    int places() {
        return 1;
    }

    /** Whether each of its commands must be announced to a server that does not own the slot yet. */
    boolean isAsking() {
        return false;
    }

    /** Nothing came of what was sent: it was refused, and the request begins anew elsewhere. */
    final void beginsAnew() {
        sent = false;
        unanswered = 0;
    }

    /** @param vouching what vouches for what it reads; null: nothing */
    final void sentAt(long nowNanos, @Nullable Proof vouching) {
        sent = true;
        sentAtNanos = nowNanos;
        proof = vouching;
    }

    /** What vouches for what it has read since it was sent. */
    final @Nullable Proof proof() {
        return proof;
    }

    /** The hash slot it is about; {@link #NO_SLOT}: none. */
    int slot() {
        return NO_SLOT;
    }

    /** The key that it changes; null: none. */
    byte @Nullable [] changes() {
        return null;
    }

    /** The server has answered, whatever it says; on the event loop. */
    void heardOf() {}

    /** It is not sent, for no fault of the server. */
    void endsByItself() {}

    /** A reply came; on the event loop. */
    final void replied() {
        unanswered--;
        if (unanswered == 0 && lane != null) {
            lane.answered(this);
        }
    }

    /** It was given to a lane that ended before it was sent; on any thread. */
    void laneHasEnded(Supplier<CacheException> why) {
        completeExceptionally(why.get());
    }

    /** A command will get no reply; on any thread. */
    final void broken(Throwable cause) {
        Lane on = lane;
        if (on != null) {
            on.broken(this, cause);
        }
    }

    /** One of the commands that will get no reply: whether it was the last that was waited for. */
    final boolean lastBroken() {
        unanswered--;
        return unanswered == 0;
    }

    final boolean isExpired(long nowNanos) {
        return access != Access.SETUP && nowNanos - deadlineNanos >= 0;
    }

    /** When its time is up. */
    final long deadlineNanos() {
        return deadlineNanos;
    }

    /** Whether its time has been up for {@code nanos}. */
    final boolean isOverdue(long nowNanos, long nanos) {
        return access != Access.SETUP && nowNanos - deadlineNanos >= nanos;
    }

    final Access access() {
        return access;
    }

    final String name() {
        return name;
    }

    final int weight() {
        return weight;
    }

    final long sentAtNanos() {
        return sentAtNanos;
    }

    final boolean isSent() {
        return sent;
    }
}
