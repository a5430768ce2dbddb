package io.cacheservice.internal.engine;

import io.cacheservice.KeyPage;
import io.cacheservice.StoredEntries;
import io.cacheservice.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The stored entries of a tier, whose keys can also be listed without waiting. */
interface ListedEntries extends StoredEntries {
    @Override
    default KeyPage keys(String prefix, @Nullable String cursor) {
        return Futures.await(page(prefix, cursor, PAGE_KEYS));
    }

    /**
     * As {@link #keys}, in pages of another size. Arguments that are refused are thrown.
     *
     * @param most about how many keys; the local tier never gives more
     */
    CompletableFuture<KeyPage> page(String prefix, @Nullable String cursor, int most);
}
