package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/** Parts of commands as they are on the wire. */
final class Resp {
    private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);

    private Resp() {}

    /** A bulk string: its length, and its bytes. */
    static void writeBulk(ByteBuf out, byte[] bytes) {
        out.writeByte('$');
        writeDecimal(out, bytes.length);
        out.writeBytes(LINE_END);
        out.writeBytes(bytes);
        out.writeBytes(LINE_END);
    }

    /** A number, zero or more. */
    static void writeDecimal(ByteBuf out, int number) {
        if (number >= 10) {
            writeDecimal(out, number / 10);
        }
        out.writeByte('0' + number % 10);
    }
}
