package io.cacheservice.redis;

import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what a server announces to a tracked lane: {@code ["invalidate", [key, ...]]}, or null for "every key". What cannot be
 * understood may have been about any key.
 */
final class Invalidations {
    /** What such a message begins with. */
    static final String TYPE = "invalidate";

    private Invalidations() {}

    static void tell(PushMessage message, Consumer<byte[]> changed, Runnable flushed) {
        List<Object> content = message.getContent();
        Object keys = content.size() < 2 ? null : content.get(1);
        if (!(keys instanceof List<?> named) || !named.stream().allMatch(ByteBuffer.class::isInstance)) {
            flushed.run();
            return;
        }
        for (Object key : named) {
            changed.accept(bytes((ByteBuffer) key));
        }
    }

    private static byte[] bytes(ByteBuffer key) {
        byte[] bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        return bytes;
    }
}
