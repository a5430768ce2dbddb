package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheException;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.futures.Futures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One pre-warm: reads the keys in batches and loads those that are not there, a bounded number at a time and in a second.
 *
 * <p>Batches follow one another, so the counts are touched by one thread at a time.
 */
final class PreWarming<K, V> {
    private final Store<K, V> store;
    private final Loads<K, V> loads;
    private final List<K> keys;
    private final Function<K, ReadRequest<K, V>> requests;
    private final PreWarmOptions options;
    private final ProgressListener listener;
    private final Executor executor;
    private final TimeSource time;
    private final Pace pace;
    private final BackgroundJob<PreWarmReport> job;
    private final Map<String, CacheException> failed = new LinkedHashMap<>();
    private int loaded;
    private int present;
    private int absent;

    PreWarming(
            Store<K, V> store,
            Loads<K, V> loads,
            List<K> keys,
            Function<K, ReadRequest<K, V>> requests,
            PreWarmOptions options,
            ProgressListener listener,
            Seams seams,
            BackgroundJob<PreWarmReport> job) {
        this.store = store;
        this.loads = loads;
        this.keys = keys;
        this.requests = requests;
        this.options = options;
        this.listener = listener;
        this.executor = seams.executor();
        this.time = seams.time();
        this.pace = new Pace(options.keysPerSecond(), time.nanoTime());
        this.job = job;
    }

    CompletableFuture<PreWarmReport> run() {
        job.go(() -> goOn(0));
        return job.report();
    }

    /** Does batch after batch, here as long as they are done at once, else on the executor when they are. */
    private void goOn(int from) {
        int next = from;
        while (next < keys.size() && !job.hasEnded()) {
            int at = next;
            long pauseMillis = pace.pauseMillis(time.nanoTime());
            if (pauseMillis > 0) {
                job.goOnAfter(pauseMillis, () -> goOn(at));
                return;
            }
            List<K> batch = keys.subList(at, Math.min(keys.size(), at + options.concurrency()));
            pace.went(batch.size(), time.nanoTime());
            next += batch.size();
            List<CompletableFuture<Answer<V>>> answers = ask(batch);
            CompletableFuture<?> done = Futures.allDone(answers);
            if (!done.isDone()) {
                int after = next;
                job.goOnWith(done, nothing -> {
                    count(batch, answers);
                    goOn(after);
                });
                return;
            }
            count(batch, answers);
        }
        job.end(soFar());
    }

    private List<CompletableFuture<Answer<V>>> ask(List<K> batch) {
        int[] installations = batch.stream().mapToInt(loads::installations).toArray();
        long startedNanos = time.nanoTime();
        CompletableFuture<List<CompletableFuture<Answer<V>>>> asked = store.readAll(batch, false, executor);
        List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(batch.size());
        batch.forEach(key -> answers.add(new CompletableFuture<>()));
        Futures.onEnd(asked, (stored, failure) -> {
            BulkAsking<K, V> bulk = new BulkAsking<>(loads, options.concurrency());
            for (int i = 0; i < batch.size(); i++) {
                Loads.Miss<K, V> before = new Loads.Miss<>(batch.get(i), installations[i], startedNanos, null, false);
                CompletableFuture<Answer<V>> one = stored == null
                        ? CompletableFuture.failedFuture(
                                failure == null ? new IllegalStateException("no answers") : failure)
                        : stored.get(i);
                Futures.onEnd(settled(before, one, bulk), Futures.copyTo(answers.get(i)));
            }
            bulk.begin();
        });
        return answers;
    }

    private CompletableFuture<Answer<V>> settled(
            Loads.Miss<K, V> before, CompletableFuture<Answer<V>> stored, Asking<K, V> source) {
        try {
            return Futures.then(stored, (answer, failure) -> {
                if (answer == null) {
                    return CompletableFuture.failedFuture(
                            failure == null ? new IllegalStateException("no answer") : failure);
                }
                return answer.entry() != null
                        ? CompletableFuture.completedFuture(answer)
                        : load(before.withSeen(answer), source);
            });
        } catch (RuntimeException | Error e) { // nobody may be left waiting
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Answer<V>> load(Loads.Miss<K, V> miss, Asking<K, V> source) {
        ReadRequest<K, V> request = requests.apply(miss.key());
        return request.canLoad()
                ? source.ask(miss, request)
                : CompletableFuture.failedFuture(new CacheConfigException(
                        "nothing can load '" + miss.key() + "': register a source or a loader for it first"));
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
            case LOADED, JOINED -> {
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
