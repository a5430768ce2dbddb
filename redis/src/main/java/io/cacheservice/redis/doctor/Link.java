package io.cacheservice.redis.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection, asked one question at a time, each with a time limit. Once an answer has failed to come, nothing more is
 * asked. For one thread.
 */
final class Link implements AutoCloseable {
    private final NodeAddress address;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Duration limit;
    private final BlockingQueue<String> invalidations = new LinkedBlockingQueue<>();
    private Reply.@Nullable Lost lost;

    Link(NodeAddress address, StatefulRedisConnection<byte[], byte[]> connection, Duration limit) {
        this.address = address;
        this.connection = connection;
        this.limit = limit;
        connection.addListener(message -> {
            if (message.getType().equals("invalidate")) {
                List<Object> content = message.getContent(StringCodec.UTF8::decodeValue);
                invalidations.add(String.valueOf(content.get(content.size() - 1)));
            }
        });
    }

    NodeAddress address() {
        return address;
    }

    Reply ask(String... words) {
        if (lost != null) {
            return lost;
        }
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        for (int i = 1; i < words.length; i++) {
            args.add(words[i].getBytes(UTF_8));
        }
        var answer = connection.async().dispatch(new Word(words[0]), new AnyOutput(), args);
        try {
            return new Reply.Value(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisCommandExecutionException refused) {
                return new Reply.Refused(Refusal.withoutArguments(String.valueOf(refused.getMessage())));
            }
            return lost(words[0] + " failed: " + e.getCause());
        } catch (TimeoutException e) {
            return lost(words[0] + " got no answer within connectTimeout = " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lost("the examination was interrupted");
        }
    }

    /** Waits for the news that {@code key} has changed; false: it did not come in time. */
    boolean awaitInvalidation(String key) {
        try {
            String keys = invalidations.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            while (keys != null && !keys.contains(key)) {
                keys = invalidations.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            }
            return keys != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Why no more is asked; null: everything so far was answered. */
    Reply.@Nullable Lost lost() {
        return lost;
    }

    private Reply lost(String reason) {
        Reply.Lost now = new Reply.Lost(reason);
        lost = now;
        return now;
    }

    @Override
    public void close() {
        var unused = connection.closeAsync();
    }

    /** A command by its name, also one that the driver does not know. */
    private record Word(String text) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return text.getBytes(UTF_8);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
