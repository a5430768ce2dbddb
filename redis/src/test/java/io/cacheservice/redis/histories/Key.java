package io.cacheservice.redis.histories;

import java.util.ArrayList;
import java.util.List;

/**
 * A key that one thread of the whole run writes, and everybody reads.
 *
 * @param name as its users call it
 * @param style how its values are kept
 */
record Key(String name, Style style) {
    private static final int EACH = 2;
    /** The threads of foreign clients are numbered on from those of the JVMs. */
    private static final int FOREIGN_THREADS = 2;

    /** How values are kept. */
    enum Style {
        /** By the service, in its own frame; a foreign client writes plain decimals, which read as values. */
        BYTES,
        /** By a typed cache, in the frame; a foreign client can only remove them. */
        FRAMED,
        /** By a typed cache that shares plain values with others. */
        RAW
    }

    /** Its name in Redis. */
    String inRedis() {
        return switch (style) {
            case BYTES -> "cache::" + name;
            case FRAMED -> "cache:framed:" + name;
            case RAW -> name;
        };
    }

    /** Those that a thread writes. */
    static List<Key> of(int jvm, int thread) {
        List<Key> keys = new ArrayList<>();
        for (Style style : Style.values()) {
            for (int i = 0; i < EACH; i++) {
                keys.add(new Key("j" + jvm + "t" + thread + style.name().charAt(0) + i, style));
            }
        }
        return keys;
    }

    /** Those that foreign clients write. */
    static List<Key> ofForeigner(int thread) {
        return of(900, thread).stream().filter(key -> key.style != Style.FRAMED).toList();
    }

    /** All of a run. */
    static List<Key> all(RunOptions options) {
        List<Key> keys = new ArrayList<>();
        for (int thread = 0; thread < FOREIGN_THREADS; thread++) {
            keys.addAll(ofForeigner(thread));
        }
        for (int jvm = 0; jvm < options.jvms(); jvm++) {
            for (int thread = 0; thread < options.threads(); thread++) {
                keys.addAll(of(jvm, thread));
            }
        }
        return keys;
    }

    static int foreignThreads() {
        return FOREIGN_THREADS;
    }
}
