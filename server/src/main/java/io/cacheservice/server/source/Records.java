package io.cacheservice.server.source;

import io.cacheservice.LoadContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of one source.
 *
 * <p>Safe for use by many threads. Exceptions are for the log: {@link OpenSource} says of them what callers may know.
 */
interface Records extends AutoCloseable {
    /**
     * The record of one key, or null when there is none.
     *
     * @param matched what the stars of the pattern stand for in {@code key}, none of it empty
     * @param context what is kept of it until now, and is told what is to be kept beside the record
     * @throws UnusableRecord when it is there and cannot be a value
     */
    byte @Nullable [] read(List<String> matched, String key, LoadContext<byte[]> context) throws Exception;

    /** The media type of the record of a key, if the key or the configuration tells it. */
    Optional<String> contentType(List<String> matched);

    /** What they are in a few words, without a secret. */
    String description();

    @Override
    void close();

    /** Records of which many can be read at once. */
    interface InBulk extends Records {
        /** The records of {@code ids}, each what the only star stands for; those that have none are left out. */
        Map<String, byte[]> readAll(Set<String> ids) throws Exception;
    }
}
