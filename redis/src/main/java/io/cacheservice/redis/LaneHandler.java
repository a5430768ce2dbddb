package io.cacheservice.redis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** The last handler of every channel: reports to the lane what happens to its channel, on the channel's event loop. */
final class LaneHandler extends ChannelDuplexHandler {
    private @Nullable Lane lane;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (lane == null && message instanceof Bind bind) {
            lane = bind.lane();
            lane.bound(context.channel());
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (lane != null) {
            lane.heard();
        }
        super.channelReadComplete(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (lane != null) {
            lane.writabilityChanged();
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        // the driver's handler came first and failed what was in flight
        if (lane != null) {
            lane.died();
        }
        super.channelInactive(context);
    }
}
