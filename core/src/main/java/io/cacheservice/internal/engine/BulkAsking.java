package io.cacheservice.internal.engine;

import io.cacheservice.internal.engine.Loads.Miss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collects the keys of one batch that the source must be asked for: a bulk loader is asked once, a loader of single keys
 * by a bounded number of calls at a time. For one batch.
 */
final class BulkAsking<K, V> implements Asking<K, V> {
    /** Loads of one batch that run at once, if nothing else is said. */
    static final int CONCURRENCY = 16;

    private final Loads<K, V> loads;
    private final int concurrency;
    private final List<Question<K, V>> questions = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private record Question<K, V>(Miss<K, V> miss, ReadRequest<K, V> request, CompletableFuture<Answer<V>> answer) {}

    /** @param concurrency how many loads of single keys run at once */
    BulkAsking(Loads<K, V> loads, int concurrency) {
        this.loads = loads;
        this.concurrency = concurrency;
    }

    @Override
    public CompletableFuture<Answer<V>> ask(Miss<K, V> miss, ReadRequest<K, V> request) {
        Question<K, V> question = new Question<>(miss, request, new CompletableFuture<>());
        questions.add(question);
        return question.answer();
    }

    /** Begins the loads of what was collected. */
    void begin() {
        if (!questions.isEmpty() && questions.get(0).request().loaders().many() != null) {
            begin(questions);
            return;
        }
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
        for (int i = next.getAndIncrement(); i < questions.size(); i = next.getAndIncrement()) {
            Question<K, V> question = questions.get(i);
            CompletableFuture<Answer<V>> answer = loads.load(question.miss(), question.request());
            Futures.onEnd(answer, Futures.copyTo(question.answer()));
            if (!answer.isDone()) {
                Futures.onEnd(answer, (result, failure) -> goOn());
                return;
            }
        }
    }
}
