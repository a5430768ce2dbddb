package io.cacheservice.spi;

import org.jspecify.annotations.Nullable;

/**
 * Writes values of one type as bytes and reads them back.
 *
 * <p>Must be safe for use by many threads. Never called on an I/O thread: a blocking read decodes on the thread that waits,
 * an asynchronous one on the service's executor.
 *
 * @param <V> the type
 */
public interface ValueCodec<V> {
    /**
     * Names the encoding in the entry's header, so that bytes of another encoding are a miss, not a wrong value. 0 to 127
     * belong to this project ({@code docs/wire-format.md} lists them), 128 to 255 are free for users.
     */
    int id();

    /**
     * The version of the type's shape, written to the header. A reader accepts entries with its own tag, and those for which the
     * cache has a {@linkplain io.cacheservice.CacheBuilder#migrate(int, Class, java.util.function.Function) migration}; a higher
     * tag is newer, and a load of an older program never overwrites what a newer one wrote. 0 to 2^31 - 1. {@link
     * io.cacheservice.CacheBuilder#schema} says another one for a cache.
     */
    default int schema() {
        return 0;
    }

    /**
     * The bytes of {@code value}.
     *
     * @throws Exception when the value cannot be written; callers get a {@code CacheSerializationException}
     */
    byte[] encode(V value) throws Exception;

    /**
     * The value of the {@code length} bytes of {@code bytes} from {@code offset}; or null when they are not one. Must not
     * keep the array.
     *
     * @throws Exception when the bytes are not a value: the entry counts as a miss
     */
    @Nullable
    V decode(byte[] bytes, int offset, int length) throws Exception;
}
