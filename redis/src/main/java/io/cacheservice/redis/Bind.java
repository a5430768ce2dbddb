package io.cacheservice.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/**
 * The first command of a lane, {@code CLIENT INFO}: on its way out it tells {@link LaneHandler} which lane the channel
 * belongs to, which the driver does not say.
 */
final class Bind extends LaneCommand<byte[]> {
    private final Lane lane;

    Bind(Request<?> request, Lane lane) {
        super(
                request,
                CommandType.CLIENT,
                new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
                new CommandArgs<>(ByteArrayCodec.INSTANCE).add("INFO"));
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }
}
