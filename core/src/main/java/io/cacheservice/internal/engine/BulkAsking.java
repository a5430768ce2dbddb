package io.cacheservice.internal.engine;

import io.cacheservice.internal.engine.Loads.Miss;
import io.cacheservice.internal.futures.Futures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collects the keys of one batch that their sources must be asked for: a bulk loader is asked once for all of its keys, a
 * loader of single keys by a bounded number of calls at a time. For one batch.
 */
final class BulkAsking<K, V> implements Asking<K, V> {
    /** Loads of one batch that run at once, if nothing else is said. */
    static final int CONCURRENCY = 16;

    private final Loads<K, V> loads;
    private final int concurrency;
    private final List<Question<K, V>> single = new ArrayList<>();
    private final Map<Together<K, V>, List<Question<K, V>>> inBulk = new LinkedHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    private record Question<K, V>(Miss<K, V> miss, ReadRequest<K, V> request, CompletableFuture<Answer<V>> answer) {}

    /** What questions must have in common to be asked together. */
    private record Together<K, V>(Loaders.Many<K, V> many, long ttlMillis, boolean isTtlExact) {}

    /** @param concurrency how many loads of single keys run at once */
    BulkAsking(Loads<K, V> loads, int concurrency) {
        this.loads = loads;
        this.concurrency = concurrency;
    }

    @Override
    public CompletableFuture<Answer<V>> ask(Miss<K, V> miss, ReadRequest<K, V> request) {
        Question<K, V> question = new Question<>(miss, request, new CompletableFuture<>());
        Loaders.Many<K, V> many = request.loaders().many();
        if (many == null) {
            single.add(question);
        } else {
            inBulk.computeIfAbsent(
                            new Together<>(many, request.ttlMillis(), request.isTtlExact()),
                            together -> new ArrayList<>())
                    .add(question);
        }
        return question.answer();
    }

    /** Begins the loads of what was collected. */
    void begin() {
        inBulk.values().forEach(this::begin);
        for (int i = 0; i < concurrency; i++) {
            goOn();
        }
    }

    private void begin(List<Question<K, V>> together) {
        List<CompletableFuture<Answer<V>>> answers = loads.loadAll(
                together.stream().map(Question::miss).toList(), together.get(0).request());
        for (int i = 0; i < answers.size(); i++) {
            Futures.onEnd(answers.get(i), Futures.copyTo(together.get(i).answer()));
        }
    }

    /** Asks one after the other, here as long as answers come at once, else when the last has come. */
    private void goOn() {
        for (int i = next.getAndIncrement(); i < single.size(); i = next.getAndIncrement()) {
            Question<K, V> question = single.get(i);
            CompletableFuture<Answer<V>> answer = loads.load(question.miss(), question.request());
            Futures.onEnd(answer, Futures.copyTo(question.answer()));
            if (!answer.isDone()) {
                Futures.onEnd(answer, (result, failure) -> goOn());
                return;
            }
        }
    }
}
