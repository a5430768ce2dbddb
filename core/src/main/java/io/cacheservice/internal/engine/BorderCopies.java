package io.cacheservice.internal.engine;

import io.cacheservice.BulkLoader;
import io.cacheservice.ContextLoader;
import io.cacheservice.Loader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays that cross the border are copied: whoever gave one, or got one, may change it afterwards. */
final class BorderCopies {
    private BorderCopies() {}

    static byte @Nullable [] copy(byte @Nullable [] value) {
        return value == null ? null : value.clone();
    }

    static Loader<String, byte[]> copying(Loader<String, byte[]> loader) {
        return key -> copy(loader.load(key));
    }

    static ContextLoader<String, byte[]> copying(ContextLoader<String, byte[]> loader) {
        return (key, context) -> copy(loader.load(key, new CopyingContext(context)));
    }

    static BulkLoader<String, byte[]> copyingAll(BulkLoader<String, byte[]> bulkLoader) {
        return keys -> {
            Map<String, byte[]> given = Objects.requireNonNull(
                    bulkLoader.loadAll(keys),
                    "the bulk loader answered null: it must answer a map, without the keys that have no value");
            Map<String, byte[]> copies = new LinkedHashMap<>();
            for (String key : keys) {
                byte[] value = given.get(key);
                if (value != null) {
                    copies.put(key, value.clone());
                }
            }
            return copies;
        };
    }
}
