package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Loader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A loader that asks another and then waits at a gate before it answers, so that a test decides what happens meanwhile. */
final class GatedLoader<K, V> implements Loader<K, V> {
    private final Loader<K, V> answers;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    GatedLoader(Loader<K, V> answers) {
        this.answers = answers;
    }

    @Override
    public @Nullable V load(K key) throws Exception {
        calls.incrementAndGet();
        V answer;
        try {
            answer = answers.load(key);
        } finally {
            entered.countDown();
            gate.await();
        }
        return answer;
    }

    /** Waits until a load has read its answer and stands at the gate. */
    void awaitEntered() throws InterruptedException {
        assertThat(entered.await(20, TimeUnit.SECONDS)).as("a load has begun").isTrue();
    }

    /** Lets this load and all later ones pass. */
    void open() {
        gate.countDown();
    }

    /** Waits for {@code condition}, and opens the gate even where it never comes, so that nobody stands there for ever. */
    Runnable opensWhen(BooleanSupplier condition) {
        return () -> {
            try {
                Awaitility.await().until(condition::getAsBoolean);
            } finally {
                open();
            }
        };
    }

    int calls() {
        return calls.get();
    }
}
