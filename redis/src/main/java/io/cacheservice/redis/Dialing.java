package io.cacheservice.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslConnectionBuilder;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.lettuce.core.resource.Transports;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections out of the driver's parts: its encoder, its decoder and its TLS, without the client around them, which loads
 * nearly as many classes as all the rest ({@code docs/start.md}). Safe for use by many threads.
 */
final class Dialing {
    private final ClientOptions options;
    private final DriverResources resources;
    private final Duration limit;
    private final EventLoopGroup loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /** @param limit for TLS and for the first words, each */
    Dialing(ClientOptions options, DriverResources resources, Duration limit) {
        this.options = options;
        this.resources = resources;
        this.limit = limit;
        this.loops = resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
    }

    /**
     * Connects and introduces us.
     *
     * @param tls names the server; null: without TLS
     * @return completes on the event loop
     */
    CompletableFuture<DriverConnection> connect(InetSocketAddress address, Hello hello, @Nullable RedisURI tls) {
        DefaultEndpoint endpoint = new DefaultEndpoint(options, resources);
        DriverConnection connection = new DriverConnection(endpoint, limit);
        connection.setOptions(options);
        Handlers handlers = () -> List.of(
                new CommandEncoder(),
                new RedisHandshakeHandler(hello, resources, limit),
                new CommandHandler(options, resources, endpoint),
                new LaneHandler());
        Bootstrap bootstrap = bootstrap(tls == null ? new Plain(handlers) : new Tls(handlers).ssl(tls), address);
        CompletableFuture<DriverConnection> connected = new CompletableFuture<>();
        var unusedEnd = connected.whenComplete((ready, failure) -> {
            if (failure != null) {
                var unusedClose = connection.closeAsync();
            }
        });
        var connecting = bootstrap.connect(address);
        channels.add(connecting.channel());
        connecting.addListener(done -> {
            Channel channel = connecting.channel();
            if (done.isSuccess()) {
                introduced(channel, connection, connected);
            } else {
                Throwable before = channel.attr(ConnectionBuilder.INIT_FAILURE).get();
                connected.completeExceptionally(before == null ? done.cause() : before);
            }
        });
        return connected;
    }

    private static void introduced(
            Channel channel, DriverConnection connection, CompletableFuture<DriverConnection> connected) {
        channel.pipeline().get(RedisHandshakeHandler.class).channelInitialized().whenComplete((done, failure) -> {
            if (failure == null) {
                connected.complete(connection);
            } else {
                connected.completeExceptionally(failure);
            }
        });
    }

    private Bootstrap bootstrap(ConnectionBuilder driver, InetSocketAddress address) {
        Bootstrap bootstrap = new Bootstrap().option(ChannelOption.ALLOCATOR, ByteBufAllocator.DEFAULT);
        driver.bootstrap(bootstrap);
        driver.clientOptions(options).clientResources(resources);
        driver.configureBootstrap(false, type -> loops);
        return bootstrap.handler(driver.build(address));
    }

    /** Ends all connections, those being opened too. */
    Future<?> close() {
        return channels.close();
    }

    /** Makes those of one channel. */
    private interface Handlers {
        List<ChannelHandler> ofOneChannel();
    }

    private static final class Plain extends ConnectionBuilder {
        private final Handlers handlers;

        Plain(Handlers handlers) {
            this.handlers = handlers;
        }

        @Override
        protected List<ChannelHandler> buildHandlers() {
            return handlers.ofOneChannel();
        }
    }

    private static final class Tls extends SslConnectionBuilder {
        private final Handlers handlers;

        Tls(Handlers handlers) {
            this.handlers = handlers;
        }

        @Override
        protected List<ChannelHandler> buildHandlers() {
            return handlers.ofOneChannel();
        }
    }
}
