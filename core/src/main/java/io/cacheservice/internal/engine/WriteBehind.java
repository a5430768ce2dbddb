package io.cacheservice.internal.engine;

import io.cacheservice.SourceWriter;
import io.cacheservice.Writes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes that the source has not got yet: the newest of each key, in the order in which the keys were first written.
 *
 * <p>One batch is under way at a time, so of one key the source gets the writes in their order. A batch that fails is put back,
 * except for keys that were written anew, and repeated after a pause that doubles up to ten seconds. Once the source has a
 * batch, its keys are invalidated: another process may have loaded the old state meanwhile.
 *
 * <p>Safe for use by many threads.
 *
 * @param <K> the key
 * @param <V> the value
 */
final class WriteBehind<K, V> {
    private static final System.Logger LOG = System.getLogger(WriteBehind.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final SourceWriter<? super K, ? super V> writer;
    private final Writes.Behind settings;
    private final Executor executor;
    private final Consumer<K> invalidate;
    private final String cacheName;

    // guarded by this
    private final LinkedHashMap<K, Pending<V>> waiting = new LinkedHashMap<>();
    private Map<K, Pending<V>> underWay = Map.of();
    private Due due = Due.NOT;
    /** Of the flush that is due; another one has been overtaken. */
    private int flushNumber;

    private boolean closed;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private CompletableFuture<@Nullable Void> emptied = CompletableFuture.completedFuture(null);

    /** When the next batch is written. */
    private enum Due {
        NOT,
        /** After the delay, unless there is a full batch before. */
        LATER,
        /** After the pause of a source that has failed. */
        AFTER_PAUSE,
        NOW
    }

    /**
     * One write.
     *
     * @param value null: a removal
     */
    record Pending<V>(@Nullable V value) {}

    /** @param invalidate told of each key that the source has got */
    WriteBehind(
            String cacheName,
            SourceWriter<? super K, ? super V> writer,
            Writes.Behind settings,
            Executor executor,
            Consumer<K> invalidate) {
        this.cacheName = cacheName;
        this.writer = writer;
        this.settings = settings;
        this.executor = executor;
        this.invalidate = invalidate;
    }

    /**
     * Takes a write on; answers false when too many wait, or the service closes. Never of a key that has a write here: a
     * newer one must not reach the source before it.
     */
    synchronized boolean add(K key, Pending<V> write) {
        if (find(key) == null && (closed || size() >= settings.maxPending())) {
            return false;
        }
        if (waiting.isEmpty() && underWay.isEmpty()) {
            emptied = new CompletableFuture<>();
        }
        waiting.put(key, write);
        goOn();
        return true;
    }

    /** The write of {@code key} that the source has not got; null: there is none. */
    synchronized @Nullable Pending<V> find(K key) {
        Pending<V> newest = waiting.get(key);
        return newest != null ? newest : underWay.get(key);
    }

    /** Keys that wait. */
    synchronized int size() {
        return waiting.size() + underWay.size();
    }

    /** Has what waits written in its time. */
    private void goOn() {
        if (closed || waiting.size() >= settings.maxBatch()) {
            flushBy(Due.NOW, 0);
        } else {
            flushBy(Due.LATER, settings.delay().toMillis());
        }
    }

    private void flushBy(Due when, long millis) {
        boolean isEarlier = due == Due.NOT || (due == Due.LATER && when == Due.NOW);
        if (!isEarlier || !underWay.isEmpty()) {
            return;
        }
        due = when;
        int number = ++flushNumber;
        if (when == Due.NOW) {
            HandOver.run(executor, () -> flush(number));
        } else {
            Timer.later(millis, () -> HandOver.run(executor, () -> flush(number)));
        }
    }

    private void flush(int number) {
        Map<K, Pending<V>> batch = take(number);
        if (batch.isEmpty()) {
            return;
        }
        try {
            write(batch);
        } catch (Throwable failure) { // whatever a writer throws: it is tried again
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cache ''{0}'': the source did not take {1} writes, which are repeated: {2}",
                    cacheName,
                    batch.size(),
                    String.valueOf(failure));
            putBack(batch);
            return;
        }
        done(batch);
    }

    private synchronized Map<K, Pending<V>> take(int number) {
        if (number != flushNumber || due == Due.NOT) {
            return Map.of();
        }
        due = Due.NOT;
        Map<K, Pending<V>> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<K, Pending<V>>> each = waiting.entrySet().iterator();
        while (each.hasNext() && batch.size() < settings.maxBatch()) {
            Map.Entry<K, Pending<V>> next = each.next();
            batch.put(next.getKey(), next.getValue());
            each.remove();
        }
        underWay = batch;
        return batch;
    }

    private void write(Map<K, Pending<V>> batch) throws Exception {
        Map<K, V> values = new LinkedHashMap<>();
        Set<K> removals = new LinkedHashSet<>();
        batch.forEach((key, write) -> {
            V value = write.value();
            if (value == null) {
                removals.add(key);
            } else {
                values.put(key, value);
            }
        });
        if (!values.isEmpty()) {
            SourceWriter<K, V> to = exactly(writer);
            to.writeAll(values);
        }
        if (!removals.isEmpty()) {
            SourceWriter<K, V> to = exactly(writer);
            to.deleteAll(removals);
        }
    }

    @SuppressWarnings("unchecked") // it takes what it is given and answers nothing
    private static <K, V> SourceWriter<K, V> exactly(SourceWriter<? super K, ? super V> writer) {
        return (SourceWriter<K, V>) writer;
    }

    private synchronized void putBack(Map<K, Pending<V>> batch) {
        LinkedHashMap<K, Pending<V>> all = new LinkedHashMap<>(batch);
        all.putAll(waiting);
        waiting.clear();
        waiting.putAll(all);
        underWay = Map.of();
        flushBy(Due.AFTER_PAUSE, pauseMillis);
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    }

    private void done(Map<K, Pending<V>> batch) {
        for (K key : batch.keySet()) {
            try {
                invalidate.accept(key);
            } catch (RuntimeException refused) { // of a key function of a user; the others must not suffer
                LOG.log(System.Logger.Level.WARNING, "cache '" + cacheName + "': a key was not invalidated", refused);
            }
        }
        CompletableFuture<@Nullable Void> nothingLeft = null;
        synchronized (this) {
            underWay = Map.of();
            pauseMillis = FIRST_PAUSE_MILLIS;
            if (waiting.isEmpty()) {
                nothingLeft = emptied;
            } else {
                goOn();
            }
        }
        if (nothingLeft != null) {
            nothingLeft.complete(null);
        }
    }

    /** Takes no more, and waits until the source has what it can take in time. What it has not is lost, and logged. */
    void close() {
        CompletableFuture<@Nullable Void> empty;
        synchronized (this) {
            closed = true;
            empty = emptied;
            due = Due.NOT; // no pause is waited for
            if (!waiting.isEmpty()) {
                goOn();
            }
        }
        Duration limit = settings.closeTimeout();
        empty.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS).join();
        Map<K, Pending<V>> lost;
        synchronized (this) {
            lost = new HashMap<>(underWay);
            lost.putAll(waiting);
        }
        if (!lost.isEmpty()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "cache ''{0}'': the source did not take {1} writes within {2}, and they are lost: {3}",
                    cacheName,
                    lost.size(),
                    limit,
                    lost.keySet());
        }
    }
}
