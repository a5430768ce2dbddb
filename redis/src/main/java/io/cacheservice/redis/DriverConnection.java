package io.cacheservice.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.Collection;

/**
 * A connection of the driver that sends commands and does nothing else. The driver's own carries an interface for every command
 * there is, three times over, whose classes take nearly as long to load as all that a lane needs ({@code docs/start.md}).
 */
final class DriverConnection extends RedisChannelHandler<byte[], byte[]> {
    private final DefaultEndpoint endpoint;

    DriverConnection(DefaultEndpoint endpoint, Duration timeout) {
        super(endpoint, timeout);
        this.endpoint = endpoint;
    }

    /** Sends one command. */
    void send(RedisCommand<byte[], byte[], ?> command) {
        var unused = dispatch(command);
    }

    /** Sends several in one piece. */
    void send(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        var unused = dispatch(commands);
    }

    /** What to do, on the event loop, with what the server says by itself. */
    void onPush(PushListener listener) {
        endpoint.addListener(listener);
    }
}
