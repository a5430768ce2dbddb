package io.cacheservice.redis.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A row of the source that one thread of the whole run changes, and everybody reads through a cache.
 *
 * @param name its key in source and cache
 * @param style how it is cached
 */
record Row(String name, Style style) {
    private static final int EACH = 2;

    /** How rows are cached. */
    enum Style {
        /** For long, tagged by the cache's policy and by the loader, with loads that may be slower than the bound. */
        LASTING,
        /** For a short time and as a fallback afterwards, tagged by the loader alone, reloaded early. */
        PASSING,
        /** For as long as it is read, tagged by the cache's policy and by the loader. */
        SLIDING,
        /** Loaded many at once. */
        BULK;

        String cacheName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String inRedis() {
        return "cache:" + style.cacheName() + ":" + name;
    }

    /** The tag that it shares with the other rows of its thread and style. */
    String ownerTag() {
        return "owner:" + name.substring(0, name.length() - 1);
    }

    /** The tag that only it has. */
    String ownTag() {
        return "row:" + name;
    }

    /** Those that a thread changes. */
    static List<Row> of(int jvm, int thread) {
        List<Row> rows = new ArrayList<>();
        for (Style style : Style.values()) {
            for (int i = 0; i < EACH; i++) {
                rows.add(new Row("j" + jvm + "t" + thread + style.name().charAt(0) + i, style));
            }
        }
        return rows;
    }

    /** All of a run. */
    static List<Row> all(RunOptions options) {
        List<Row> rows = new ArrayList<>();
        for (int jvm = 0; jvm < options.jvms(); jvm++) {
            for (int thread = 0; thread < options.threads(); thread++) {
                rows.addAll(of(jvm, thread));
            }
        }
        return rows;
    }
}
