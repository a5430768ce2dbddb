package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheException;
import io.cacheservice.PreWarmReport;
import io.cacheservice.ProgressListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One pre-warm: reads the keys in batches and loads those that are not there, a bounded number at a time.
 *
 * <p>Batches follow one another, so the counts are touched by one thread at a time.
 */
final class PreWarming<K, V> {
    /** Keys looked up together, and loads that may run at once. */
    private static final int BATCH = 32;

    private final Store<K, V> store;
    private final Loads<K, V> loads;
    private final List<K> keys;
    private final Function<K, ReadRequest<K, V>> requests;
    private final ProgressListener listener;
    private final Executor executor;
    private final Lifecycle lifecycle;
    private final Map<String, CacheException> failed = new LinkedHashMap<>();
    private int loaded;
    private int present;
    private int absent;

    PreWarming(
            Store<K, V> store,
            Loads<K, V> loads,
            List<K> keys,
            Function<K, ReadRequest<K, V>> requests,
            ProgressListener listener,
            Executor executor,
            Lifecycle lifecycle) {
        this.store = store;
        this.loads = loads;
        this.keys = keys;
        this.requests = requests;
        this.listener = listener;
        this.executor = executor;
        this.lifecycle = lifecycle;
    }

    CompletableFuture<PreWarmReport> run() {
        CompletableFuture<PreWarmReport> report = new CompletableFuture<>();
        goOn(0, report);
        return report;
    }

    /** Does batch after batch, here as long as they are done at once, else on the executor when they are. */
    private void goOn(int from, CompletableFuture<PreWarmReport> report) {
        try {
            int next = from;
            while (next < keys.size()) {
                List<K> batch = keys.subList(next, Math.min(keys.size(), next + BATCH));
                CompletableFuture<List<CompletableFuture<Answer<V>>>> answers = ask(batch);
                next += batch.size();
                if (!answers.isDone()) {
                    int after = next;
                    Futures.onEnd(
                            answers, (all, failure) -> later(() -> finish(batch, answers, after, report), report));
                    return;
                }
                count(batch, Futures.await(answers));
            }
            report.complete(soFar());
        } catch (RuntimeException | Error e) {
            report.completeExceptionally(e);
        }
    }

    private void later(Runnable step, CompletableFuture<PreWarmReport> report) {
        try {
            executor.execute(step);
        } catch (RuntimeException | Error closedOrBusy) {
            report.completeExceptionally(
                    lifecycle.isClosed()
                            ? Lifecycle.closedException()
                            : new CacheException(
                                    "the executor takes no more tasks, so the pre-warm ended early", closedOrBusy));
        }
    }

    private void finish(
            List<K> batch,
            CompletableFuture<List<CompletableFuture<Answer<V>>>> answers,
            int next,
            CompletableFuture<PreWarmReport> report) {
        try {
            count(batch, Futures.await(answers));
        } catch (RuntimeException | Error e) { // the listener's, or a key's
            report.completeExceptionally(e);
            return;
        }
        goOn(next, report);
    }

    /** The answers for {@code batch}, when there are all of them. */
    private CompletableFuture<List<CompletableFuture<Answer<V>>>> ask(List<K> batch) {
        lifecycle.requireOpen();
        int[] installations = batch.stream().mapToInt(loads::installations).toArray();
        List<CompletableFuture<Answer<V>>> stored = store.readAll(batch, false, executor);
        return Futures.then(Futures.allDone(stored), (nothing, none) -> {
            BulkAsking<K, V> bulk = new BulkAsking<>(loads);
            List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                K key = batch.get(i);
                int before = installations[i];
                answers.add(Futures.then(stored.get(i), (answer, failure) -> {
                    if (failure != null) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    if (answer != null && answer.entry() != null) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    return load(new Loads.Miss<>(key, before, answer == null || answer.mayBeReplaced()), bulk);
                }));
            }
            bulk.begin();
            return Futures.map(Futures.allDone(answers), done -> answers);
        });
    }

    private CompletableFuture<Answer<V>> load(Loads.Miss<K> miss, BulkAsking<K, V> bulk) {
        ReadRequest<K, V> request = requests.apply(miss.key());
        if (!request.canLoad()) {
            return CompletableFuture.failedFuture(new CacheConfigException(
                    "nothing can load '" + miss.key() + "': register a source or a loader for it first"));
        }
        return request.bulkLoader() == null ? loads.load(miss, request) : bulk.ask(miss, request);
    }

    private void count(List<K> batch, List<CompletableFuture<Answer<V>>> answers) {
        for (int i = 0; i < batch.size(); i++) {
            count(batch.get(i), answers.get(i));
        }
        listener.progress(soFar(), keys.size());
    }

    private void count(K key, CompletableFuture<Answer<V>> outcome) {
        CacheException failure = Futures.failureOf(outcome);
        if (failure != null) {
            failed.put(key.toString(), failure);
            return;
        }
        Answer<V> answer = outcome.join();
        switch (answer.reason()) {
            case FOUND -> present++;
            case LOADED -> {
                if (answer.valueOrNull() == null) {
                    absent++;
                } else {
                    loaded++;
                }
            }
            default -> absent++;
        }
    }

    private PreWarmReport soFar() {
        return new PreWarmReport(loaded, present, absent, failed);
    }
}
