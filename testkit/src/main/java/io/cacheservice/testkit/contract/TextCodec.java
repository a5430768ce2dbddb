package io.cacheservice.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.spi.ValueCodec;

/** Texts as UTF-8. */
record TextCodec() implements ValueCodec<String> {
    @Override
    public int id() {
        return 200;
    }

    @Override
    public byte[] encode(String value) {
        return value.getBytes(UTF_8);
    }

    @Override
    public String decode(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, UTF_8);
    }
}
