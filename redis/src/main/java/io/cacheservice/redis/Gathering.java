package io.cacheservice.redis;

import io.cacheservice.redis.internal.server.Refusal;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which reads of one batch travel as a single {@code MGET}, which costs server and client less than as many commands ({@code
 * docs/decisions/0021-gathered-reads.md}).
 *
 * <p>Nobody waits to be gathered: only what is in a batch anyway is. An {@code MGET} says neither how long a value may be nor
 * what a key without a string is, so reads are gathered only while what is read is small and there: each such answer earns a
 * little, any other costs much. What an {@code MGET} did not settle is asked again by itself.
 *
 * <p>Belongs to the lane's event loop.
 */
final class Gathering {
    /** Two commands alone are as cheap. */
    private static final int LEAST = 3;

    private static final int ENOUGH = 128;
    private static final int MOST = 512;
    /** What is asked for again costs more than gathering saves: where a fifth is, nothing is gathered. */
    private static final int COST_OF_OTHERS = 4;

    private final List<ReadRequest> row = new ArrayList<>();
    private int credit;
    private boolean isForbidden;

    /** Whether reads are gathered now. */
    boolean isOn() {
        return credit >= ENOUGH;
    }

    /** Whether {@code request} waits for {@link #endRow}, which begins it. */
    boolean takes(Request<?> request) {
        if (!isOn() || !(request instanceof ReadRequest read) || !read.isGatherable()) {
            return false;
        }
        row.add(read);
        return true;
    }

    /** Adds the commands of what was taken: before any other, so that those of one key keep their order. */
    void endRow(List<RedisCommand<byte[], byte[], ?>> out) {
        if (row.isEmpty()) {
            return;
        }
        if (row.size() < LEAST) {
            row.forEach(read -> read.begin(out));
        } else {
            GatheredReads together = new GatheredReads(new Row(List.copyOf(row)), this);
            out.add(together);
            row.forEach(read -> read.beginGathered(out));
        }
        row.clear();
    }

    /** A read that was small and there. */
    void sawSmall() {
        if (!isForbidden && credit < MOST) {
            credit++;
        }
    }

    /** A key of which an {@code MGET} does not say enough: as a rule it has no value. */
    void sawOther() {
        credit = Math.max(0, credit - COST_OF_OTHERS);
    }

    /** A value so long that its answer held up others. */
    void sawBig() {
        credit = 0;
    }

    /** The server does not answer {@code MGET}: for now, or to this user never. */
    void refused(String error) {
        isForbidden |= Refusal.isForbidden(error) || error.startsWith("CROSSSLOT");
        credit = 0;
    }

    /** Reads that share a command. */
    record Row(List<ReadRequest> reads) implements GatheredReads.Asker {
        @Override
        public int size() {
            return reads.size();
        }

        @Override
        public byte[] key(int at) {
            return reads.get(at).key();
        }

        @Override
        public void found(int at, @Nullable ByteBuffer bytes) {
            reads.get(at).found(bytes);
        }

        @Override
        public void replied(@Nullable String error) {
            reads.forEach(Request::replied);
        }

        @Override
        public void broken(Throwable cause) {
            reads.forEach(read -> read.broken(cause));
        }
    }
}
