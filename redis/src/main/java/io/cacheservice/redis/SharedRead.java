package io.cacheservice.redis;

import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.StoredString;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads of several keys that one lane carries, as one request: by an {@code MGET} where {@link Gathering} says that what is
 * read is small and there, else by a {@code GETRANGE} for each. Answers one element for each key; null for those of which more
 * must be asked, one by one ({@link ReadRequest}).
 */
final class SharedRead extends StringRead<List<@Nullable RemoteValue>> {
    /** So many that the command itself costs little, and so few that their answer holds up no other for long. */
    static final int MOST = 128;

    private final List<byte[]> keys;
    private final boolean withRemaining;
    private final List<LaneCommand<StoredString>> values = new ArrayList<>(0);
    private final List<LaneCommand<Long>> lives = new ArrayList<>(0);
    private @Nullable Together together;

    /** @param keys at most {@link #MOST}, and at least one */
    SharedRead(Routing routing, List<byte[]> keys, boolean withRemaining, long deadlineNanos) {
        super(routing, "MGET", keys.get(0), deadlineNanos);
        this.keys = keys;
        this.withRemaining = withRemaining;
    }

    @Override
    int places() {
        return keys.size();
    }

    /** Each key goes where it belongs: a server that names another for one of them has not answered for the others. */
    @Override
    boolean isBound() {
        return true;
    }

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        if (lane().gathering().isOn()) {
            Together asked = new Together();
            together = asked;
            expectReply();
            out.add(new GatheredReads(asked, lane().gathering()));
            keys.forEach(key -> askLife(key, out));
        } else {
            for (byte[] key : keys) {
                LaneCommand<StoredString> value = KeyCommand.firstRange(this, key);
                values.add(value);
                out.add(value);
                askLife(key, out);
            }
        }
    }

    private void askLife(byte[] key, List<RedisCommand<byte[], byte[], ?>> out) {
        if (withRemaining) {
            LaneCommand<Long> life = KeyCommand.remainingLife(this, key, new IntegerOutput<>(ByteArrayCodec.INSTANCE));
            lives.add(life);
            out.add(life);
        }
    }

    @Override
    List<@Nullable RemoteValue> answered(List<RedisCommand<byte[], byte[], ?>> out) {
        List<@Nullable RemoteValue> answers = new ArrayList<>(keys.size());
        Together asked = together;
        for (int at = 0; at < keys.size(); at++) {
            // a Cluster was found meanwhile: what vouches for one slot does not for another
            boolean isUnknown =
                    slot() != NO_SLOT || (withRemaining && lives.get(at).error() != null);
            answers.add(isUnknown ? null : asked == null ? alone(at) : together(asked, at));
        }
        return answers;
    }

    private @Nullable RemoteValue alone(int at) {
        LaneCommand<StoredString> command = values.get(at);
        String error = command.error();
        if (error != null) {
            return Refusal.of(error) == Refusal.WRONGTYPE ? RemoteValue.wrongType(sentAtNanos()) : null;
        }
        StoredString bytes = command.get();
        if (bytes == null || bytes.length() == 0) {
            if (!withRemaining) {
                lane().gathering().sawOther();
            }
            return !withRemaining || remainingMillis(at) == NO_SUCH_KEY ? absent() : null;
        }
        saw(bytes);
        return bytes.length() < PIECE_BYTES ? value(bytes, remainingMillis(at)) : null;
    }

    private @Nullable RemoteValue together(Together asked, int at) {
        StoredString bytes = asked.value(at);
        if (bytes != null && bytes.length() > 0) {
            saw(bytes);
            return value(bytes, remainingMillis(at));
        }
        boolean isFound = asked.areTooLong[at] || bytes != null;
        if (!isFound && withRemaining && remainingMillis(at) == NO_SUCH_KEY) {
            return absent();
        }
        if (asked.areTooLong[at]) {
            lane().gathering().sawBig();
        } else {
            lane().gathering().sawOther();
        }
        return null;
    }

    private long remainingMillis(int at) {
        if (!withRemaining) {
            return RemoteValue.NOT_ASKED;
        }
        Long millis = lives.get(at).get();
        return millis == null ? NO_SUCH_KEY : millis;
    }

    @Override
    @Nullable
    String error() {
        String error = together == null ? firstError(values) : together.error;
        return error == null ? firstError(lives) : error;
    }

    private static @Nullable String firstError(List<? extends LaneCommand<?>> commands) {
        for (LaneCommand<?> command : commands) {
            if (command.error() != null) {
                return command.error();
            }
        }
        return null;
    }

    /** What the one command brings. */
    private final class Together implements GatheredReads.Asker {
        private final List<@Nullable StoredString> values = new ArrayList<>(keys.size());
        private final boolean[] areTooLong = new boolean[keys.size()];
        private @Nullable String error;

        @Override
        public int size() {
            return keys.size();
        }

        @Override
        public byte[] key(int at) {
            return keys.get(at);
        }

        @Override
        public void found(int at, @Nullable ByteBuffer bytes) {
            StoredString value = bytes != null && bytes.remaining() < PIECE_BYTES ? StoredString.copyOf(bytes) : null;
            values.add(value);
            areTooLong[at] = bytes != null && value == null;
        }

        /** Null: there is none, it is too long, or the server answered with an error. */
        @Nullable
        StoredString value(int at) {
            return at < values.size() ? values.get(at) : null;
        }

        @Override
        public void replied(@Nullable String told) {
            error = told;
            SharedRead.this.replied();
        }

        @Override
        public void broken(Throwable cause) {
            SharedRead.this.broken(cause);
        }
    }
}
