package io.cacheservice.testkit.contract;

import io.cacheservice.Loader;
import io.cacheservice.SourceWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source in memory that can be read and written, counts, and fails on command. */
final class Table implements Loader<String, String>, SourceWriter<String, String> {
    private final Map<String, String> rows = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile boolean failing;

    @Override
    public @Nullable String load(String key) {
        loads.incrementAndGet();
        return rows.get(key);
    }

    @Override
    public void write(String key, String value) throws IOException {
        requireUp();
        log.add(key + "=" + value);
        rows.put(key, value);
    }

    @Override
    public void delete(String key) throws IOException {
        requireUp();
        log.add(key + " removed");
        rows.remove(key);
    }

    private void requireUp() throws IOException {
        if (failing) {
            throw new IOException("the table is locked");
        }
    }

    /** Changes a row as somebody else would. */
    Table put(String key, String value) {
        rows.put(key, value);
        return this;
    }

    @Nullable
    String row(String key) {
        return rows.get(key);
    }

    void fails(boolean now) {
        failing = now;
    }

    int loads() {
        return loads.get();
    }

    /** The writes, in their order. */
    List<String> log() {
        return log;
    }
}
