package io.cacheservice.internal.tags;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** 128 random bits: what a tag is at until it is invalidated. */
public record Epoch(long high, long low) {
    private static final int BYTES = 16;

    /** One that nobody ever had. */
    public static Epoch random(RandomGenerator random) {
        return new Epoch(random.nextLong(), random.nextLong());
    }

    // written out, as in TagEpoch: a record's own is linked when it is first called, which takes longer than the read
    // around it
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Epoch epoch && epoch.high == high && epoch.low == low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high) * 31 + Long.hashCode(low);
    }

    /** As it stands in Redis. */
    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** What stands in Redis; null: none. */
    static @Nullable Epoch of(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Epoch(in.getLong(), in.getLong());
    }
}
