package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cacheservice.spi.StoredString;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;

/**
 * A command of which only the key varies, written to the wire as ready bytes around it: what every read sends, without the
 * driver's list of arguments.
 */
final class KeyCommand<R> extends LaneCommand<R> {
    private static final byte[] RANGE_HEAD = "*4\r\n$8\r\nGETRANGE\r\n".getBytes(US_ASCII);
    private static final byte[] RANGE_TAIL =
            ("$1\r\n0\r\n$6\r\n" + (ReadRequest.PIECE_BYTES - 1) + "\r\n").getBytes(US_ASCII);
    private static final byte[] LIFE_HEAD = "*2\r\n$4\r\nPTTL\r\n".getBytes(US_ASCII);
    private static final byte[] NOTHING = new byte[0];

    private final byte[] head;
    private final byte[] key;
    private final byte[] tail;

    private KeyCommand(
            Request<?> request,
            CommandType type,
            CommandOutput<byte[], byte[], R> output,
            byte[] head,
            byte[] key,
            byte[] tail) {
        super(request, type, output, null);
        this.head = head;
        this.key = key;
        this.tail = tail;
        request.expectReply();
    }

    /** {@code GETRANGE key 0 262143}. */
    static KeyCommand<StoredString> firstRange(Request<?> request, byte[] key) {
        return new KeyCommand<>(request, CommandType.GETRANGE, new StoredStringOutput(), RANGE_HEAD, key, RANGE_TAIL);
    }

    /** {@code PTTL key}. */
    static KeyCommand<Long> remainingLife(Request<?> request, byte[] key, CommandOutput<byte[], byte[], Long> output) {
        return new KeyCommand<>(request, CommandType.PTTL, output, LIFE_HEAD, key, NOTHING);
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeBytes(head);
        Resp.writeBulk(out, key);
        out.writeBytes(tail);
    }
}
