package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfigException;
import io.cacheservice.Loader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sources registered for byte keys, by pattern; of several that match, the first registered counts. */
final class Sources {
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    private record Source(String pattern, Pattern regex, Loader<String, byte[]> loader) {}

    synchronized void add(String pattern, Loader<String, byte[]> loader) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("the key pattern is empty: '*' matches every key");
        }
        if (sources.stream().anyMatch(source -> source.pattern().equals(pattern))) {
            throw new CacheConfigException(
                    "a source for the pattern '" + pattern + "' is registered already: register each pattern once");
        }
        sources.add(new Source(pattern, regex(pattern), loader));
    }

    @Nullable
    Loader<String, byte[]> find(String key) {
        for (Source source : sources) {
            if (source.regex().matcher(key).matches()) {
                return source.loader();
            }
        }
        return null;
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' || c == '?') {
                regex.append(Pattern.quote(literal.toString())).append(c == '*' ? ".*" : ".");
                literal.setLength(0);
            } else {
                literal.append(c);
            }
        }
        return Pattern.compile(regex.append(Pattern.quote(literal.toString())).toString(), Pattern.DOTALL);
    }
}
