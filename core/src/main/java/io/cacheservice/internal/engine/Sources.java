package io.cacheservice.internal.engine;

import io.cacheservice.BulkLoader;
import io.cacheservice.CacheConfigException;
import io.cacheservice.ContextLoader;
import io.cacheservice.Loader;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The sources registered for byte keys, by pattern; of several that match, the first registered counts. */
final class Sources {
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    /**
     * A source.
     *
     * @param ttlMillis the life of what it gives
     */
    record Source(String pattern, Loaders<String, byte[]> loaders, long ttlMillis) {
        static Source one(String pattern, Loader<String, byte[]> loader, long ttlMillis) {
            Objects.requireNonNull(loader, "loader");
            return new Source(pattern, Loaders.one(Loaders.of(BorderCopies.copying(loader))), ttlMillis);
        }

        static Source one(String pattern, ContextLoader<String, byte[]> loader, long ttlMillis) {
            Objects.requireNonNull(loader, "loader");
            return new Source(pattern, Loaders.one(Loaders.ofContext(BorderCopies.copying(loader))), ttlMillis);
        }

        static Source many(String pattern, BulkLoader<String, byte[]> loader, long ttlMillis) {
            Objects.requireNonNull(loader, "loader");
            return new Source(pattern, new Loaders<>(null, Loaders.ofBulk(BorderCopies.copyingAll(loader))), ttlMillis);
        }

        Source {
            if (pattern.isEmpty()) {
                throw new IllegalArgumentException("the key pattern is empty: '*' matches every key");
            }
        }
    }

    synchronized void add(Source added) {
        if (sources.stream().anyMatch(source -> source.pattern().equals(added.pattern()))) {
            throw new CacheConfigException("a source for the pattern '" + added.pattern()
                    + "' is registered already: register each pattern once");
        }
        sources.add(added);
    }

    @Nullable
    Source find(String key) {
        if (sources.isEmpty()) {
            return null; // as often as not, and an iterator is an object
        }
        for (Source source : sources) {
            if (matches(source.pattern(), key)) {
                return source;
            }
        }
        return null;
    }

    /** Never costs more than the product of the lengths: a key may come from outside, and be made to almost match. */
    private static boolean matches(String pattern, String key) {
        int at = 0;
        int star = -1;
        int afterStar = 0;
        int i = 0;
        while (i < key.length()) {
            char c = at < pattern.length() ? pattern.charAt(at) : 0;
            if (at < pattern.length() && c == '*') {
                star = at++;
                afterStar = i;
            } else if (at < pattern.length() && c == '?') {
                at++;
                i += Character.charCount(key.codePointAt(i));
            } else if (at < pattern.length() && c == key.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1; // the last star takes one character more
                i = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
