package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.SourceException;
import io.cacheservice.SourceWriter;
import io.cacheservice.WriteOutcome;
import io.cacheservice.Writes;
import io.cacheservice.internal.engine.Flights.WriteTicket;
import io.cacheservice.internal.futures.Futures;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one cache that reach its source.
 *
 * <p>The key is held while its source is written: no load that read the old state is stored afterwards, and no value is stored
 * that another writer may have overtaken. What remains in the cache is then what the source holds, or nothing.
 */
final class SourceWriting<K, V> {
    private final Store<K, V> store;
    private final Flights<K, V> flights;
    private final Changes<K> changes;
    private final long holdMillis;
    private final Consumer<K> written;

    /**
     * @param holdMillis how long a key is held at most
     * @param written told of each key whose source was written
     */
    SourceWriting(Store<K, V> store, Flights<K, V> flights, Changes<K> changes, long holdMillis, Consumer<K> written) {
        this.written = written;
        this.store = store;
        this.flights = flights;
        this.changes = changes;
        this.holdMillis = holdMillis;
    }

    /**
     * Writes {@code draft} as {@code writes} says.
     *
     * @param reload begins a load of the key that nobody waits for
     */
    CompletableFuture<WriteOutcome> write(
            K key,
            Draft<V> draft,
            V value,
            SourceWriter<? super K, ? super V> writer,
            Writes writes,
            Executor executor,
            Runnable reload) {
        boolean isKept = writes instanceof Writes.Through || writes instanceof Writes.Behind;
        return held(
                key,
                executor,
                () -> {
                    writer.write(key, value);
                    return key;
                },
                hold -> isKept ? hold.fill(draft) : CompletableFuture.completedFuture(false),
                writes instanceof Writes.Reloading ? reload : () -> {});
    }

    /** Removes {@code key} from the source, and then from the cache. */
    CompletableFuture<WriteOutcome> remove(K key, SourceWriter<? super K, ? super V> writer, Executor executor) {
        return held(
                key,
                executor,
                () -> {
                    writer.delete(key);
                    return key;
                },
                hold -> CompletableFuture.completedFuture(false),
                () -> {});
    }

    private CompletableFuture<WriteOutcome> held(
            K key,
            Executor executor,
            Callable<?> change,
            Function<Hold<V>, CompletableFuture<Boolean>> fill,
            Runnable afterwards) {
        WriteTicket ticket = flights.writeBegins(key);
        CompletableFuture<WriteOutcome> answered = new CompletableFuture<>();
        CompletableFuture<@Nullable Hold<V>> holding = hold(key);
        Futures.onEnd(holding, (hold, none) -> {
            Runnable task = () -> Futures.onEnd(changed(key, ticket, change, hold, fill), (outcome, failure) -> {
                flights.writeEnded(key);
                if (failure == null) {
                    written.accept(key);
                    afterwards.run();
                }
                Futures.<WriteOutcome>copyTo(answered).accept(outcome, failure);
            });
            try {
                executor.execute(task);
            } catch (RuntimeException | Error full) { // of whatever executor this is
                Futures.onEnd(store.delete(key), (outcome, failure) -> {
                    flights.writeEnded(key);
                    answered.completeExceptionally(new SourceException(key, full));
                });
            }
        });
        return answered;
    }

    private CompletableFuture<WriteOutcome> changed(
            K key,
            WriteTicket ticket,
            Callable<?> change,
            @Nullable Hold<V> hold,
            Function<Hold<V>, CompletableFuture<Boolean>> fill) {
        try {
            change.call();
        } catch (Throwable failure) { // whatever a writer throws belongs to its caller
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Futures.then(
                    store.delete(key),
                    (outcome, none) -> CompletableFuture.failedFuture(new SourceException(key, failure)));
        }
        CompletableFuture<Boolean> filled =
                hold == null ? null : flights.ifAlone(key, ticket, () -> filledOrNot(hold, fill));
        if (filled == null) {
            return store.delete(key);
        }
        return Futures.then(
                filled,
                (stored, failure) -> Boolean.TRUE.equals(stored)
                        ? CompletableFuture.completedFuture(WriteOutcome.APPLIED)
                        : store.delete(key));
    }

    private static <V> CompletableFuture<Boolean> filledOrNot(
            Hold<V> hold, Function<Hold<V>, CompletableFuture<Boolean>> fill) {
        try {
            return fill.apply(hold);
        } catch (RuntimeException | Error refused) { // of a codec or a key function: the source has it all the same
            return CompletableFuture.completedFuture(false);
        }
    }

    /**
     * Runs {@code change} while the key is held, and invalidates it afterwards, whatever came of the change.
     *
     * @return what it returned
     * @throws Exception what it threw
     */
    @SuppressWarnings("try") // the thread's change is held, not used
    <T extends @Nullable Object> T during(K key, Callable<T> change) throws Exception {
        flights.writeBegins(key);
        try {
            Futures.await(hold(key));
            T result;
            try (Changes.Change ofThisThread = changes.begin(key)) {
                result = change.call();
            } catch (Throwable failure) {
                invalidateAfter(key, failure);
                throw failure;
            }
            written.accept(key);
            Futures.await(store.delete(key));
            return result;
        } finally {
            flights.writeEnded(key);
        }
    }

    private void invalidateAfter(K key, Throwable failure) {
        try {
            Futures.await(store.delete(key));
        } catch (CacheException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /** Null: it cannot be held, for Redis is away. The source is written all the same. */
    private CompletableFuture<@Nullable Hold<V>> hold(K key) {
        return Futures.then(store.hold(key, holdMillis), (hold, failure) -> CompletableFuture.completedFuture(hold));
    }
}
