package io.cacheservice.server.source;

import io.cacheservice.server.yaml.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one source is, as it was configured and checked.
 *
 * @param place names it in errors
 * @param ttl the life of what it gives; empty: {@code defaultTtl}
 * @param contentType the media type of what it gives; empty: what the kind says
 * @param maxBytes the largest record; empty: {@code maxValueBytes}
 */
public record SourceSettings(
        Place place,
        KeyPattern pattern,
        Optional<Duration> ttl,
        Optional<String> contentType,
        OptionalLong maxBytes,
        Kind kind) {

    /** Where the records are. */
    sealed interface Kind {}

    /**
     * A database.
     *
     * @param query selects the record of one key; null when {@code bulkQuery} does
     * @param bulkQuery selects the records of many keys; null: each is asked for alone
     * @param keyColumn the column of {@code bulkQuery} that holds what the star stands for; null: the first
     * @param valueColumn the column that is the value; null: the row is, as a JSON object
     * @param bulkSize how many keys {@code bulkQuery} is given at most
     * @param timeout whole seconds for a connection and, again, for a query
     */
    record Jdbc(
            String url,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable SqlText query,
            @Nullable SqlText bulkQuery,
            @Nullable String keyColumn,
            @Nullable String valueColumn,
            KeyType keyType,
            int bulkSize,
            int poolSize,
            Duration timeout)
            implements Kind {}

    /**
     * A service that answers GET with the record.
     *
     * @param absentStatuses those that say that there is none
     * @param timeout from the request to the last byte of the answer
     */
    record Http(UrlTemplate url, Map<String, Field> fields, List<Integer> absentStatuses, Duration timeout)
            implements Kind {}

    /**
     * The value of a header field: a text, a secret, or both, as in {@code Bearer} and a token.
     *
     * @param secret follows the text; null: nothing does
     */
    record Field(String text, @Nullable Secret secret) {}

    /**
     * Files.
     *
     * @param suffix added to what the star stands for
     */
    record Directory(Path path, String suffix) implements Kind {}
}
