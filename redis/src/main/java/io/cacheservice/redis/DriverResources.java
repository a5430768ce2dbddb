package io.cacheservice.redis;

import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.EventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.lettuce.core.tracing.Tracing;
import io.netty.buffer.ByteBufAllocator;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;

/**
 * The driver's threads, and nothing that it does with them besides: no events, no measuring, no tracing. Its own resources load
 * the classes for all that, and a resolver of names, whether they are used or not ({@code docs/start.md}).
 */
final class DriverResources implements ClientResources {
    private static final int EXECUTORS = 2;
    private static final EventBus NO_EVENTS = new NoEvents();

    private final EventLoopGroupProvider loops;
    private final int loopCount;
    private final EventExecutorGroup executors =
            DefaultEventLoopGroupProvider.createEventLoopGroup(DefaultEventExecutorGroup.class, EXECUTORS);
    private final HashedWheelTimer timer = new HashedWheelTimer(new DefaultThreadFactory("lettuce-timer", true));
    private final HostNames names = new HostNames();
    private final NettyCustomizer nothing = new NettyCustomizer() {};

    DriverResources(int loopCount) {
        this.loopCount = loopCount;
        this.loops = new DefaultEventLoopGroupProvider(loopCount);
        // the first buffer takes a sixth of the start, since it meets the flight recorder: meanwhile others go on here
        executors.execute(() -> ByteBufAllocator.DEFAULT.directBuffer(1).release());
    }

    @Override
    public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
        timer.stop();
        Future<?> ofLoops = loops.shutdown(quietPeriod, timeout, unit);
        Future<?> ofExecutors = executors.shutdownGracefully(quietPeriod, timeout, unit);
        Promise<Boolean> ended = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);
        ofLoops.addListener(
                one -> ofExecutors.addListener(other -> ended.setSuccess(one.isSuccess() && other.isSuccess())));
        return ended;
    }

    @Override
    public Future<Boolean> shutdown() {
        return shutdown(0, 2, TimeUnit.SECONDS);
    }

    @Override
    public EventLoopGroupProvider eventLoopGroupProvider() {
        return loops;
    }

    @Override
    public int ioThreadPoolSize() {
        return loopCount;
    }

    @Override
    public EventExecutorGroup eventExecutorGroup() {
        return executors;
    }

    @Override
    public int computationThreadPoolSize() {
        return EXECUTORS;
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public AddressResolverGroup<?> addressResolverGroup() {
        return names;
    }

    @Override
    public SocketAddressResolver socketAddressResolver() {
        return SocketAddressResolver.create(DnsResolvers.UNRESOLVED);
    }

    @Override
    public NettyCustomizer nettyCustomizer() {
        return nothing;
    }

    @Override
    public EventBus eventBus() {
        return NO_EVENTS;
    }

    @Override
    public CommandLatencyRecorder commandLatencyRecorder() {
        return CommandLatencyRecorder.disabled();
    }

    @Override
    public EventPublisherOptions commandLatencyPublisherOptions() {
        return DefaultEventPublisherOptions.disabled();
    }

    @Override
    public Tracing tracing() {
        return Tracing.disabled();
    }

    @Override
    public Delay reconnectDelay() {
        // nothing reconnects by itself
        return Delay.constant(Duration.ZERO);
    }

    @Override
    public Builder mutate() {
        throw new UnsupportedOperationException("the resources of one service are not copied");
    }

    private static final class NoEvents implements EventBus {
        @Override
        public Flux<Event> get() {
            return Flux.empty();
        }

        @Override
        public void publish(Event event) {}
    }
}
