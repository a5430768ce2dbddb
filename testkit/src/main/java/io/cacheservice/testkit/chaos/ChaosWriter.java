package io.cacheservice.testkit.chaos;

import io.cacheservice.SourceWriter;
import java.util.Map;
import java.util.Set;

/** A writer with troubles: one for each call, also where a call is about many keys. */
final class ChaosWriter<K, V> implements SourceWriter<K, V> {
    private final SourceWriter<K, V> writer;
    private final SourceAnswers answers;

    ChaosWriter(SourceWriter<K, V> writer, SourceAnswers answers) {
        this.writer = writer;
        this.answers = answers;
    }

    @Override
    public void write(K key, V value) throws Exception {
        carryOut(() -> writer.write(key, value));
    }

    @Override
    public void delete(K key) throws Exception {
        carryOut(() -> writer.delete(key));
    }

    @Override
    public void writeAll(Map<K, V> values) throws Exception {
        carryOut(() -> writer.writeAll(values));
    }

    @Override
    public void deleteAll(Set<K> keys) throws Exception {
        carryOut(() -> writer.deleteAll(keys));
    }

    private void carryOut(Change change) throws Exception {
        answers.blocking(() -> {
            change.carryOut();
            return null;
        });
    }

    @FunctionalInterface
    private interface Change {
        void carryOut() throws Exception;
    }
}
