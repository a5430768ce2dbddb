package io.cacheservice.redis;

import io.cacheservice.RedisEndpoint;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ConnectionInitializer;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The first words on a connection: the protocol, who we are, the name that others see, and the database. */
final class Hello implements ConnectionInitializer {
    private final String clientName;
    private final String username;
    private final char @Nullable [] password;
    private final int db;

    /** @param password is forgotten when it was sent; null: none is wanted */
    Hello(RedisEndpoint endpoint, String clientName, char @Nullable [] password) {
        this.clientName = clientName;
        this.username = endpoint.username().orElse("default");
        this.password = password;
        this.db = endpoint.db();
    }

    @Override
    public CompletionStage<Void> initialize(Channel channel) {
        // answered on the event loop, as what follows is: the first command must not come before the connection is
        // active
        return send(channel, CommandType.HELLO, new Unread(), greeting())
                .whenComplete((answer, failure) -> forgetPassword())
                .thenCompose(answer -> db == 0 ? CompletableFuture.completedStage(null) : select(channel));
    }

    private CommandArgs<byte[], byte[]> greeting() {
        CommandArgs<byte[], byte[]> args = Request.args().add(3);
        if (password != null) {
            args.add("AUTH").add(username).add(password);
        }
        return args.add("SETNAME").add(clientName);
    }

    private CompletionStage<Void> select(Channel channel) {
        return send(
                        channel,
                        CommandType.SELECT,
                        new StatusOutput<>(ByteArrayCodec.INSTANCE),
                        Request.args().add(db))
                .thenAccept(ok -> {});
    }

    private void forgetPassword() {
        if (password != null) {
            Arrays.fill(password, '\0');
        }
    }

    private static <T> CompletionStage<T> send(
            Channel channel,
            CommandType type,
            CommandOutput<byte[], byte[], T> output,
            CommandArgs<byte[], byte[]> args) {
        AsyncCommand<byte[], byte[], T> command = new AsyncCommand<>(new Command<>(type, output, args));
        var unused = channel.writeAndFlush(command).addListener(written -> {
            if (!written.isSuccess()) {
                command.completeExceptionally(written.cause());
            }
        });
        return command;
    }

    /** Whatever a server says of itself: what is needed of it is asked for later. */
    private static final class Unread extends CommandOutput<byte[], byte[], Void> {
        @SuppressWarnings("NullAway") // there is no answer
        Unread() {
            super(ByteArrayCodec.INSTANCE, null);
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {}

        @Override
        public void set(long integer) {}

        @Override
        public void set(double number) {}

        @Override
        public void set(boolean value) {}
    }
}
