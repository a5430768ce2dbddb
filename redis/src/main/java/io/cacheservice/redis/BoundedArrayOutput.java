package io.cacheservice.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;

/**
 * A list of whatever a server answers, which takes no room for elements that were only announced: the driver's own makes a
 * list of as many as a header says, and a broken one can say two thousand million.
 */
final class BoundedArrayOutput extends ArrayOutput<byte[], byte[]> {
    /** More than any command of ours is answered with. */
    private static final int MOST_ELEMENTS = 1 << 16;

    BoundedArrayOutput() {
        super(ByteArrayCodec.INSTANCE);
    }

    @Override
    public void multi(int count) {
        if (count > MOST_ELEMENTS) {
            throw new IllegalStateException("a reply of " + count + " elements is none that was asked for");
        }
        super.multi(count);
    }
}
