package io.cacheservice.redis;

import io.cacheservice.spi.StoredString;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A Redis string, copied once out of the network buffer; null: there is none. */
final class StoredStringOutput extends CommandOutput<byte[], byte[], StoredString> {
    StoredStringOutput() {
        super(ByteArrayCodec.INSTANCE, null);
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        output = bytes == null ? null : StoredString.copyOf(bytes);
    }
}
