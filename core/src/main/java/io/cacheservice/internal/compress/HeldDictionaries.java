package io.cacheservice.internal.compress;

import io.cacheservice.spi.Compressor;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries that this process has, by their numbers: a few, for each takes some hundred KB. What was not used for longest makes
 * room. Safe for use by many threads.
 */
final class HeldDictionaries implements AutoCloseable {
    static final int MOST = 8;

    private final Map<Integer, Held> held = new ConcurrentHashMap<>();
    private long uses;

    /** One of them. */
    static final class Held {
        final Trained trained;
        final Compressor compressor;
        private volatile long lastUse;
        private volatile boolean wasUsed;

        Held(Trained trained, Compressor compressor) {
            this.trained = trained;
            this.compressor = compressor;
        }

        void use() {
            // written once between two looks, not at each use: all threads read it
            if (!wasUsed) {
                wasUsed = true;
            }
        }
    }

    @Nullable
    Held get(int number) {
        Held found = held.get(number);
        if (found != null) {
            found.use();
        }
        return found;
    }

    boolean has(int number) {
        return held.containsKey(number);
    }

    /** Returns the one that has this number from now on: another, where it was there already. */
    synchronized Held add(Held dictionary) {
        Held before = held.get(dictionary.trained.number());
        if (before != null) {
            dictionary.compressor.close();
            return before;
        }
        age();
        if (held.size() >= MOST) {
            held.values().stream()
                    .min(Comparator.comparingLong(oldest -> oldest.lastUse))
                    .ifPresent(this::drop);
        }
        dictionary.lastUse = ++uses;
        held.put(dictionary.trained.number(), dictionary);
        return dictionary;
    }

    private void drop(Held oldest) {
        held.remove(oldest.trained.number());
        // whoever uses it at this moment goes on; its memory goes with the last of them
        oldest.compressor.close();
    }

    /** Those that were used since this was asked last. */
    synchronized Collection<Trained> usedSince() {
        return age().stream().map(used -> used.trained).toList();
    }

    private Collection<Held> age() {
        Collection<Held> used =
                held.values().stream().filter(one -> one.wasUsed).toList();
        for (Held one : used) {
            one.wasUsed = false;
            one.lastUse = ++uses;
        }
        return used;
    }

    @Override
    public synchronized void close() {
        held.values().forEach(one -> one.compressor.close());
        held.clear();
    }
}
