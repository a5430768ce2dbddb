package io.cacheservice.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.spi.ValueCodec;
import java.nio.ByteBuffer;

/** A record to keep in typed caches. */
record City(long id, String name, int people) {
    static final City BERN = new City(1, "Bern", 134_000);
    static final City ROME = new City(2, "Rome", 2_750_000);
    static final City OSLO = new City(3, "Oslo", 709_000);

    /** Cities as id, people and name; equal codecs are one policy. */
    record Codec() implements ValueCodec<City> {
        @Override
        public int id() {
            return 201;
        }

        @Override
        public byte[] encode(City city) {
            byte[] name = city.name().getBytes(UTF_8);
            return ByteBuffer.allocate(12 + name.length)
                    .putLong(city.id())
                    .putInt(city.people())
                    .put(name)
                    .array();
        }

        @Override
        public City decode(byte[] bytes, int offset, int length) {
            ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
            long id = in.getLong();
            int people = in.getInt();
            return new City(id, new String(bytes, offset + 12, length - 12, UTF_8), people);
        }
    }
}
