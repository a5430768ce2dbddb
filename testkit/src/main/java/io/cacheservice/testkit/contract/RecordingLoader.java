package io.cacheservice.testkit.contract;

import io.cacheservice.Loader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A loader that keeps the keys it was asked for. */
final class RecordingLoader<K, V> implements Loader<K, V> {
    private final Loader<K, V> answers;
    private final List<K> keys = new CopyOnWriteArrayList<>();

    RecordingLoader(Loader<K, V> answers) {
        this.answers = answers;
    }

    @Override
    public @Nullable V load(K key) throws Exception {
        keys.add(key);
        return answers.load(key);
    }

    /** The keys asked for, in order. */
    List<K> keys() {
        return keys;
    }

    int calls() {
        return keys.size();
    }
}
