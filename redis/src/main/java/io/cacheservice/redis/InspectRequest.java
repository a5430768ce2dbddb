package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.EntryDetails;
import io.cacheservice.spi.RemoteDetails;
import io.cacheservice.spi.RemoteValue;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks what Redis knows about a key. {@code TYPE} must be answered; what else the user may not ask, or the eviction policy
 * does not count, is left out.
 */
final class InspectRequest extends KeyRequest<RemoteDetails> {
    private static final long NO_SUCH_KEY = -2;

    private final OptionalInt slot;
    private @Nullable LaneCommand<String> type;
    private @Nullable LaneCommand<Long> life;
    private @Nullable LaneCommand<byte[]> encoding;
    private @Nullable LaneCommand<Long> idleSeconds;
    private @Nullable LaneCommand<Long> frequency;
    private @Nullable LaneCommand<Long> memory;
    private @Nullable LaneCommand<Long> length;

    /** @param slot the key's, in a Cluster */
    InspectRequest(Routing routing, byte[] key, OptionalInt slot, long deadlineNanos) {
        super(routing, Access.READ, "TYPE", key, deadlineNanos, 0);
        this.slot = slot;
    }

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        type = asked(out, CommandType.TYPE, new StatusOutput<>(ByteArrayCodec.INSTANCE), args());
        life = asked(out, CommandType.PTTL, number(), args());
        encoding =
                asked(out, CommandType.OBJECT, new ByteArrayOutput<>(ByteArrayCodec.INSTANCE), args().add("ENCODING"));
        idleSeconds = asked(out, CommandType.OBJECT, number(), args().add("IDLETIME"));
        frequency = asked(out, CommandType.OBJECT, number(), args().add("FREQ"));
        memory = asked(out, CommandType.MEMORY, number(), args().add("USAGE"));
        // last: unlike those before, it counts as an access
        length = asked(out, CommandType.STRLEN, number(), args());
    }

    private <R> LaneCommand<R> asked(
            List<RedisCommand<byte[], byte[], ?>> out,
            CommandType command,
            CommandOutput<byte[], byte[], R> output,
            CommandArgs<byte[], byte[]> args) {
        LaneCommand<R> asked = command(command, output, args.addKey(key()));
        out.add(asked);
        return asked;
    }

    private static CommandOutput<byte[], byte[], Long> number() {
        return new IntegerOutput<>(ByteArrayCodec.INSTANCE);
    }

    @Override
    RemoteDetails answered(List<RedisCommand<byte[], byte[], ?>> out) {
        String error = error();
        if (error != null) {
            throw Failures.refused(where(), name(), error);
        }
        if (type == null || type.get() == null) {
            throw Failures.unexpectedReply(where(), name(), null);
        }
        OptionalLong remaining = number(life);
        boolean gone = remaining.isPresent() && remaining.getAsLong() == NO_SUCH_KEY;
        OptionalLong idle = number(idleSeconds);
        byte[] encodedAs = encoding == null || encoding.error() != null ? null : encoding.get();
        return new RemoteDetails(
                gone ? RemoteDetails.ABSENT : type.get(),
                remaining.orElse(RemoteValue.FOR_EVER),
                number(length),
                new EntryDetails.Place(where(), slot),
                new EntryDetails.Usage(
                        encodedAs == null ? Optional.empty() : Optional.of(new String(encodedAs, UTF_8)),
                        number(memory),
                        idle.isPresent() ? Optional.of(Duration.ofSeconds(idle.getAsLong())) : Optional.empty(),
                        number(frequency)));
    }

    private static OptionalLong number(@Nullable LaneCommand<Long> command) {
        Long reply = command == null || command.error() != null ? null : command.get();
        return reply == null ? OptionalLong.empty() : OptionalLong.of(reply);
    }

    /** A redirection is the answer to each of the commands; so the first tells it. */
    @Override
    @Nullable
    String error() {
        return type == null ? null : type.error();
    }
}
