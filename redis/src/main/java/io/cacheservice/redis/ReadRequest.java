package io.cacheservice.redis;

import static io.cacheservice.spi.RemoteValue.NOT_ASKED;

import io.cacheservice.CacheException;
import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.StoredString;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a string, however big, without a reply that holds up the lane: {@code GETRANGE} of the first 256 KB, with {@code
 * PTTL} if it is asked for, and the rest in pieces of 256 KB.
 *
 * <p>An empty answer is an absent key, unless its life was asked for as well and there is one: then it may be an empty
 * string or a key that was written between the two commands, and a {@code GET} decides.
 *
 * <p>The pieces of a big value are not read at one moment. So its length is asked for with the last of them, and where that
 * is another than what was read (the key has ended meanwhile, or was made shorter) the read begins anew, within its own
 * time. An entry with a header has a checksum besides, which tells a torn one; of format RAW a value over 256 KB that is
 * overwritten while it is read may come back mixed.
 */
final class ReadRequest extends StringRead<RemoteValue> {
    private static final int PIECES_AT_ONCE = 4;

    private final boolean withRemaining;
    private final long maxBytes;
    private @Nullable LaneCommand<StoredString> first;
    private List<LaneCommand<byte[]>> asked = List.of();
    private @Nullable LaneCommand<Long> length;
    private @Nullable LaneCommand<Long> life;
    private @Nullable ReadPieces pieces;
    private boolean whole;
    private boolean isGathered;
    private @Nullable StoredString found;
    private boolean isFound;
    private long remainingMillis = NOT_ASKED;

    /** @param maxBytes what is longer is read to just beyond this, which its reader then finds too big */
    ReadRequest(Routing routing, byte[] key, boolean withRemaining, long deadlineNanos, long maxBytes) {
        super(routing, "GET", key, deadlineNanos);
        this.withRemaining = withRemaining;
        this.maxBytes = maxBytes;
    }

    /** Whether it may travel together with others: about no slot of a Cluster. */
    boolean isGatherable() {
        return slot() == NO_SLOT && !isAsking();
    }

    /** Its value comes with those of others, by {@link #found}. */
    void beginGathered(List<RedisCommand<byte[], byte[], ?>> out) {
        reset();
        isGathered = true;
        expectReply();
        askLife(out);
    }

    /** The value that came with others; null: there is none, or no string. */
    void found(@Nullable ByteBuffer bytes) {
        isFound = bytes != null;
        if (bytes != null && bytes.remaining() < PIECE_BYTES) {
            found = StoredString.copyOf(bytes);
        }
    }

    private void reset() {
        isGathered = false;
        isFound = false;
        found = null;
        first = null;
        life = null;
        asked = List.of();
        length = null;
        pieces = null;
        whole = false;
        remainingMillis = NOT_ASKED;
    }

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        reset();
        LaneCommand<StoredString> command = KeyCommand.firstRange(this, key());
        first = command;
        out.add(command);
        askLife(out);
    }

    @Override
    RemoteValue answered(List<RedisCommand<byte[], byte[], ?>> out) {
        String error = error();
        if (error != null) {
            if (Refusal.of(error) == Refusal.WRONGTYPE) {
                return RemoteValue.wrongType(sentAtNanos());
            }
            throw refused(error);
        }
        readLife();
        if (isGathered) {
            return answeredTogether(found, out);
        }
        if (pieces != null) {
            return answeredPieces(pieces, out);
        }
        StoredString bytes = first == null ? null : first.get();
        if (whole) {
            return bytes == null ? absent() : value(bytes, remainingMillis);
        }
        return bytes == null || bytes.length() == 0 ? answeredNothing(out) : answeredFirst(bytes, out);
    }

    private RemoteValue answeredTogether(@Nullable StoredString bytes, List<RedisCommand<byte[], byte[], ?>> out) {
        if (bytes != null && bytes.length() > 0) {
            saw(bytes);
            return value(bytes, remainingMillis);
        }
        if (!isFound && withRemaining && remainingMillis == NO_SUCH_KEY) {
            return absent();
        }
        if (isFound && bytes == null) {
            lane().gathering().sawBig();
        } else {
            lane().gathering().sawOther();
        }
        begin(out); // what it is, is to be seen when it is asked for alone
        return awaitingMore();
    }

    private RemoteValue answeredNothing(List<RedisCommand<byte[], byte[], ?>> out) {
        if (!withRemaining || remainingMillis == NO_SUCH_KEY) {
            if (!withRemaining) {
                lane().gathering().sawOther();
            }
            return absent();
        }
        whole = true;
        LaneCommand<StoredString> command = command(CommandType.GET, new StoredStringOutput(), args().addKey(key()));
        first = command;
        out.add(command);
        askLife(out);
        return awaitingMore();
    }

    private RemoteValue answeredFirst(StoredString bytes, List<RedisCommand<byte[], byte[], ?>> out) {
        saw(bytes);
        if (bytes.length() < PIECE_BYTES || bytes.length() > maxBytes) {
            return value(bytes, remainingMillis);
        }
        ReadPieces begun = new ReadPieces(bytes.whole());
        pieces = begun;
        askMore(begun, out);
        return awaitingMore();
    }

    private RemoteValue answeredPieces(ReadPieces soFar, List<RedisCommand<byte[], byte[], ?>> out) {
        for (LaneCommand<byte[]> piece : asked) {
            soFar.add(Objects.requireNonNullElse(piece.get(), new byte[0]));
        }
        if (soFar.length() > maxBytes) {
            return value(StoredString.of(soFar.joined()), remainingMillis);
        }
        if (!soFar.isWhole()) {
            askMore(soFar, out);
            return awaitingMore();
        }
        if (soFar.length() == lengthNow()) {
            return value(StoredString.of(soFar.joined()), remainingMillis);
        }
        begin(out);
        return awaitingMore();
    }

    private void askMore(ReadPieces soFar, List<RedisCommand<byte[], byte[], ?>> out) {
        asked = new ArrayList<>(PIECES_AT_ONCE);
        first = null;
        life = null;
        for (int i = 0; i < PIECES_AT_ONCE; i++) {
            askPiece(soFar.length() + (long) i * PIECE_BYTES, out);
        }
        LaneCommand<Long> command =
                command(CommandType.STRLEN, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args().addKey(key()));
        length = command;
        out.add(command);
    }

    private long lengthNow() {
        Long bytes = length == null ? null : length.get();
        return bytes == null ? 0 : bytes;
    }

    private void askPiece(long from, List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<byte[]> command = command(
                CommandType.GETRANGE,
                new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
                args().addKey(key()).add(from).add(from + PIECE_BYTES - 1));
        asked.add(command);
        out.add(command);
    }

    private void askLife(List<RedisCommand<byte[], byte[], ?>> out) {
        if (withRemaining) {
            LaneCommand<Long> command =
                    KeyCommand.remainingLife(this, key(), new IntegerOutput<>(ByteArrayCodec.INSTANCE));
            life = command;
            out.add(command);
        }
    }

    private void readLife() {
        LaneCommand<Long> command = life;
        if (command != null) {
            Long millis = command.get();
            remainingMillis = millis == null ? NO_SUCH_KEY : millis;
        }
    }

    @Override
    @Nullable
    String error() {
        if (first != null && first.error() != null) {
            return first.error();
        }
        for (LaneCommand<byte[]> command : asked) {
            if (command.error() != null) {
                return command.error();
            }
        }
        if (length != null && length.error() != null) {
            return length.error();
        }
        return life == null ? null : life.error();
    }

    private CacheException refused(String error) {
        return Failures.refused(where(), name(), error);
    }
}
