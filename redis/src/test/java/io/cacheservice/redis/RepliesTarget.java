package io.cacheservice.redis;

import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.PushOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisStateMachine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/** Bytes of RESP3 as a lane's commands decode them, pushes among them: a reply, an error, or not yet the end of one. */
public final class RepliesTarget implements FuzzTarget {
    private static final List<Supplier<CommandOutput<byte[], byte[], ?>>> OUTPUTS = List.of(
            () -> new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
            BoundedArrayOutput::new,
            () -> new StatusOutput<>(ByteArrayCodec.INSTANCE),
            () -> new IntegerOutput<>(ByteArrayCodec.INSTANCE),
            () -> new GatheredReads(new Gathering.Row(List.of(read(), read())), new Gathering()).getOutput());

    private final RedisStateMachine machine = new RedisStateMachine();
    private final Corpus replies = Corpus.ofTexts(
            List.of(
                    "$5\r\nvalue\r\n",
                    "$0\r\n\r\n",
                    "_\r\n",
                    "$-1\r\n",
                    ":-2\r\n",
                    "+OK\r\n",
                    "-MOVED 3999 127.0.0.1:6381\r\n",
                    "*3\r\n$7\r\ngranted\r\n:59999\r\n$2\r\nab\r\n",
                    "*2\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n",
                    "%1\r\n+proto\r\n:3\r\n",
                    "~2\r\n:1\r\n#t\r\n",
                    ",3.25\r\n",
                    "(3492890328409238509324850943850943825024385\r\n",
                    "=15\r\ntxt:Some string\r\n",
                    "!21\r\nSYNTAX invalid syntax\r\n",
                    "|1\r\n+ttl\r\n:3600\r\n$1\r\na\r\n"),
            List.of(
                    "\r\n",
                    "*",
                    "$",
                    ":",
                    "*-1\r\n",
                    "$?\r\n",
                    "*1\r\n",
                    ">",
                    "#x\r\n",
                    "_\r\n",
                    ";0\r\n",
                    ".\r\n",
                    ",nan\r\n"));
    private final Corpus pushes = Corpus.ofTexts(
            List.of(
                    ">2\r\n$10\r\ninvalidate\r\n*2\r\n$7\r\ncache:a\r\n$7\r\ncache:b\r\n",
                    ">2\r\n$10\r\ninvalidate\r\n_\r\n",
                    ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n"),
            List.of("\r\n", "*", "$", ":1\r\n", "_\r\n", "*0\r\n", "*1\r\n*1\r\n:1\r\n", "#t\r\n", ",1.5\r\n"));

    @Override
    public String name() {
        return "replies";
    }

    @Override
    public int share() {
        return 150;
    }

    @Override
    public boolean take(FuzzInput input) {
        boolean push = input.oneIn(4);
        byte[] bytes = input.mutated(push ? pushes : replies);
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        PushOutput<ByteBuffer, ByteBuffer> pushed = new BoundedPush();
        CommandOutput<?, ?, ?> output = push ? pushed : input.pick(OUTPUTS).get();
        boolean whole;
        machine.reset();
        machine.setProtocolVersion(ProtocolVersion.RESP3);
        try {
            whole = machine.decode(buffer, output);
        } catch (RuntimeException brokenStream) {
            // the driver's handler closes the channel, and the lane ends
            return false;
        }
        if (whole && push && Invalidations.TYPE.equals(pushed.getType())) {
            Invalidations.tell(
                    pushed, key -> Demand.that(key.length <= bytes.length, "a key of the message"), () -> {});
        } else if (whole) {
            Object reply = output.get();
            Demand.that(!(reply instanceof byte[] value) || value.length <= bytes.length, "a value that was sent");
        }
        return whole;
    }

    @Override
    public void close() {
        machine.close();
    }

    private static ReadRequest read() {
        return new ReadRequest(NoRouting.INSTANCE, new byte[] {'k'}, false, Long.MAX_VALUE, 1 << 20);
    }

    /**
     * As the driver reads pushes, with a bound that it lacks: it makes room for as many elements as a push announces, before any
     * has come, and nothing of ours is asked.
     */
    private static final class BoundedPush extends PushOutput<ByteBuffer, ByteBuffer> {
        BoundedPush() {
            super(new Copies());
        }

        @Override
        public void multi(int count) {
            if (count > 1 << 16) {
                throw new IllegalStateException("a push of " + count + " elements");
            }
            super.multi(count);
        }
    }

    private static final class Copies implements RedisCodec<ByteBuffer, ByteBuffer> {
        @Override
        public ByteBuffer decodeKey(ByteBuffer bytes) {
            return decodeValue(bytes);
        }

        @Override
        public ByteBuffer decodeValue(ByteBuffer bytes) {
            return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        }

        @Override
        public ByteBuffer encodeKey(ByteBuffer key) {
            return key;
        }

        @Override
        public ByteBuffer encodeValue(ByteBuffer value) {
            return value;
        }
    }
}
